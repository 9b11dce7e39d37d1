import { parsedJson } from '../pure/json'
import { version as ownVersion } from '../version'

/** Increase it when older sandboxes could not read new files. */
export const stateVersion = 1

/** Where the entries are. Offsets and sizes are in bytes. */
export interface Header {
  /** Where they begin. */
  readonly from: number
  /** Where they end, while what follows is still to be cut off; null: at the end of the file. */
  readonly until: number | null
  /** How much they took when the file was last compacted. */
  readonly whole: number
}

/** Of fixed length, so that it can be replaced in one write. */
export const headerSize = 256

const format = 'stackone-assessments-sandbox-state'
const start = `{"format":"${format}"`

export const headerBytes = (header: Header): Buffer =>
  Buffer.from(`${JSON.stringify({ format, version: stateVersion, ...header }).padEnd(headerSize - 1)}\n`)

/**
 * The header in the first bytes of a file; null if the file has none. Throws an Error if it is the header of a newer
 * sandbox.
 */
export function headerOf(bytes: Buffer): Header | null {
  if (bytes.length < headerSize) return null
  const header = parsedJson(bytes.toString()) as (Header & { format?: unknown; version?: unknown }) | null | undefined
  if (header?.format !== format) return null
  if (header.version !== stateVersion)
    throw new Error(
      `it has version ${String(header.version)}, and this sandbox reads ${String(stateVersion)}: update this sandbox, which is ${ownVersion}`,
    )
  const { from, until, whole } = header
  return { from, until, whole }
}

/** Whether a file with these first bytes, which are no header, holds nothing: only space, or part of a header. */
export const holdsNothing = (bytes: Buffer): boolean => {
  const text = bytes.toString()
  return bytes.length < headerSize && (text.trim() === '' || text.startsWith(start) || start.startsWith(text))
}

/** Whether a file with these first bytes was meant to have a header. */
export const looksLikeState = (bytes: Buffer): boolean => bytes.includes(format)
