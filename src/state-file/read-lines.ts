import type { FileHandle } from 'node:fs/promises'
import { breatheInTime } from '../breathe'
import { piecesOf } from './bytes'
import { endLine, type Entry, entryOf } from './entries'

const lineFeed = 0x0a
/** Bytes that are searched at a time for the last end. */
const window = 64 * 1024

/** A part of a file, by the offsets of its first byte and of the byte after its last. */
export interface Range {
  readonly from: number
  readonly to: number
}

/**
 * Where the last whole step between the offsets `from` and `to` ends. What follows was being written when the sandbox
 * was killed. A loss of power may leave zeros in the last step, although its end is there. Throws an Error that names a
 * line after the last step if it was damaged in another way: then the file was edited.
 */
export async function wholeSteps(file: FileHandle, from: number, to: number): Promise<number> {
  const end = await lastEnd(file, from, to)
  if (await isTorn(file, { from: end, to })) return end
  const before = await lastEnd(file, from, end - 1)
  // A line that is damaged without zeros is refused when it is read.
  return (await holdsZeros(file, { from: before, to: end })) ? before : end
}

/** Whether a part of the file is the beginning of a step. Throws if a line of it was edited. */
async function isTorn(file: FileHandle, range: Range): Promise<boolean> {
  if (range.from === range.to) return false
  try {
    await readLines(file, range)
  } catch (error) {
    if (!(await holdsZeros(file, range))) throw error
  }
  return true
}

async function holdsZeros(file: FileHandle, { from, to }: Range): Promise<boolean> {
  for await (const piece of piecesOf(file, from, to)) if (piece.includes(0)) return true
  return false
}

/** Where the last end between two offsets ends; `from` if there is none. */
async function lastEnd(file: FileHandle, from: number, to: number): Promise<number> {
  // Overlapping windows, since an end may lie across the border of two.
  for (let end = to; end > from; end -= window) {
    const start = Math.max(from, end - window - endLine.length)
    const pieces: Buffer[] = []
    for await (const piece of piecesOf(file, start, end)) pieces.push(Buffer.from(piece))
    const found = Buffer.concat(pieces).lastIndexOf(endLine)
    if (found >= 0) return start + found + endLine.length
  }
  return from
}

/**
 * Calls `take` for each entry of a part of the file, and `passed` with the bytes so far now and then. Throws an Error that
 * names the first line that is not as it was written. An incomplete line at the end is passed over.
 */
export async function readLines(
  file: FileHandle,
  { from, to }: Range,
  take: (entry: Entry) => void = () => undefined,
  passed: (bytes: number) => void = () => undefined,
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
