import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where the build puts files for browsers: beside the bundle; and seen from the sources, and from `build`. */
const folders = ['.', '../../dist', '../../../dist'].map((path) => join(__dirname, path))

/** The text of `dist/<path>`. */
export function builtFile(path: string): string {
  const [found = path] = folders.map((folder) => join(folder, path)).filter(existsSync)
  return readFileSync(found, 'utf8')
}
