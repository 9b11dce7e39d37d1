import type { FileHandle } from 'node:fs/promises'
import { breatheInTime } from '../breathe'
import { piecesOf } from './bytes'
import { endLine, type Entry, entryOf } from './entries'

const lineFeed = 0x0a
/** Bytes that are searched at a time for the last end. */
const window = 64 * 1024

/**
 * Where the last complete step between the offsets `from` and `to` ends: what follows was being written when the sandbox
 * was killed.
 */
export async function endOfSteps(file: FileHandle, from: number, to: number): Promise<number> {
  const wanted = Buffer.from(endLine)
  // Overlapping windows, since an end may lie across the border of two.
  for (let end = to; end > from; end -= window) {
    const start = Math.max(from, end - window - wanted.length)
    const pieces: Buffer[] = []
    for await (const piece of piecesOf(file, start, end)) pieces.push(Buffer.from(piece))
    const found = Buffer.concat(pieces).lastIndexOf(wanted)
    if (found >= 0) return start + found + wanted.length
  }
  return from
}

/**
 * Calls `take` for each entry between the offsets `from` and `to`, and `passed` with the bytes so far now and then. Throws
 * an Error that names the first line that is not as it was written.
 */
export async function readLines(
  file: FileHandle,
  { from, to }: { from: number; to: number },
  take: (entry: Entry) => void,
  passed: (bytes: number) => void,
): Promise<void> {
  /** The beginning of a line that goes on in the next piece. */
  let begun: Buffer[] = []
  let bytes = 0
  for await (const piece of piecesOf(file, from, to)) {
    let start = 0
    for (let end = piece.indexOf(lineFeed); end >= 0; end = piece.indexOf(lineFeed, start)) {
      const rest = piece.subarray(start, end)
      const line = begun.length === 0 ? rest : Buffer.concat([...begun, rest])
      const entry = entryOf(line)
      if (entry === null) throw new Error(`the line at byte ${String(from + bytes)} was damaged or edited`)
      take(entry)
      begun = []
      bytes += line.length + 1
      start = end + 1
      await breatheInTime()
    }
    // The next piece overwrites this one.
    if (start < piece.length) begun.push(Buffer.from(piece.subarray(start)))
    passed(bytes)
  }
}
