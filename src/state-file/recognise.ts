import { type FileHandle, readFile } from 'node:fs/promises'
import { withoutMark } from '../validation/utf8'
import { type Header, headerOf, headerSize, holdsNothing, looksLikeState } from './header'
import { wholeSteps } from './read-lines'

/** What a file holds. */
export interface Recognised {
  readonly header: Header
  /** Where its steps end; what follows is to be cut off. */
  readonly end: number
  /** Bytes of steps that were being written when a sandbox was killed, or the machine lost power. */
  readonly torn: number
  /** Whether it holds no step yet. */
  readonly isNew: boolean
  /** The JSON text of a snapshot; null: it is a log, or is to become one. */
  readonly snapshot: Uint8Array | null
}

/** Finds out what is in `file`, of `size` bytes, without changing it. Throws an Error if it is neither log nor snapshot. */
export async function recognise(file: string, handle: FileHandle, size: number): Promise<Recognised> {
  const begin = Buffer.alloc(Math.min(headerSize, size))
  await handle.read(begin, 0, begin.length, 0)
  const header = headerOf(begin)
  const empty = { header: { from: headerSize, until: null, whole: 0 }, torn: 0 }
  if (header !== null) {
    const to = Math.min(header.until ?? size, size)
    const end = await wholeSteps(handle, header.from, to)
    return { header, end, torn: to - end, isNew: end === header.from, snapshot: null }
  }
  if (holdsNothing(begin)) return { ...empty, end: 0, isNew: true, snapshot: null }
  if (looksLikeState(begin)) throw new Error('its first line was damaged or edited')
  return { ...empty, end: size, isNew: false, snapshot: await snapshotIn(file) }
}

/** The snapshot in `file`. A kill while it was being replaced left a zero byte behind it, which no JSON holds. */
async function snapshotIn(file: string): Promise<Uint8Array> {
  const bytes = await readFile(file)
  const end = bytes.indexOf(0)
  return withoutMark(end < 0 ? bytes : bytes.subarray(0, end))
}
