import type { Config } from '../config'

/** Why a sandbox cannot start with `config`, in a sentence that says what to change. */
export function whyItCannotStart({ code, message }: NodeJS.ErrnoException, { host, port, nameOf }: Config): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${String(port)} is taken: choose another with ${nameOf('port')} (0 picks a free one).`
    case 'EACCES':
      return `Port ${String(port)} is not open to this user: choose one from 1024 up with ${nameOf('port')}.`
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
    case 'EINVAL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${host} is not an address of this machine: choose another with ${nameOf('host')} (0.0.0.0 for all).`
    default:
      return message
  }
}
