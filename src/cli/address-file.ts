import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * The file that tells a health check with the same PORT and HOST, as in a container, where the sandbox listens after its
 * flags; null without these variables, for then nothing tells one sandbox on a machine from another.
 */
export function addressFile({ PORT = '', HOST = '' }: NodeJS.ProcessEnv): string | null {
  if (PORT === '' && HOST === '') return null
  return join(tmpdir(), `assessments-sandbox-${encodeURIComponent(`${HOST} ${PORT}`)}`)
}

/** Writes `url` to `file`. A folder that cannot be written to is no reason not to serve. */
export function writeAddress(file: string, url: string): void {
  try {
    rmSync(file, { force: true })
    // Not through a link that somebody has left there.
    writeFileSync(file, url, { flag: 'wx' })
  } catch {
    // The health check then uses the variables.
  }
}

/** Removes `file` if it still says `url`. */
export function removeAddress(file: string, url: string): void {
  if (readAddress(file) === url) rmSync(file, { force: true })
}

/** What `file` says; null when there is none. */
export function readAddress(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
