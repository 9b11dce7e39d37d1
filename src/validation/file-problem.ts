import { printable } from '../errors'

/** Why `file` cannot be used, in words that follow "but". */
export function fileProblem(file: string, error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case 'ENOENT':
      return `there is no ${file}`
    case 'ENOTDIR':
      return `a part of the path ${file} is not a folder`
    case 'EISDIR':
      return `${file} is a folder`
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `this user may not access ${file}`
    case 'ENOSPC':
    case 'EDQUOT':
      return `the disk has no room left for ${file}`
    case 'ENAMETOOLONG':
      return 'its path is too long'
    case undefined:
      return `${file} is not JSON (${printable(error.message)})`
    default:
      return `${file} cannot be used (${error.message})`
  }
}
