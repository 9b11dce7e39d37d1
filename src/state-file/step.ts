import { encode, type Line, mostBytesOf } from './entries'

/** Changes that are written together. */
export interface Step {
  readonly isEmpty: boolean
  /** Their lines and an end, in pieces to be written one after the other: the next may overwrite the one before. */
  readonly pieces: () => Iterable<Buffer>
  /** Called once they are on the disk. */
  readonly isWritten: () => void
  /** Called when they could not be written. */
  readonly putBack: () => void
}

/**
 * Resolves with what is not appended yet and, with `isWhole`, with all that a copy leaves out. Calls `also` in the same
 * turn, before anything is taken.
 */
export type NextStep = (isWhole: boolean, also?: () => void) => Promise<Step>

/**
 * Returns a function that makes pieces of about `size` bytes from lines, each piece as of the moment in which it is taken.
 * They share their memory, so that each has to be written before the next is taken: V8 starts a full collection for every
 * 64 MB of new buffers, however little there is to collect.
 */
export function pieceMaker(size: number): (lines: Iterable<Line>) => Generator<Buffer, void> {
  const shared = Buffer.allocUnsafeSlow(2 * size)
  return function* (lines) {
    let used = 0
    for (const line of lines) {
      const most = mostBytesOf(line)
      if (used + most > shared.length) {
        if (used > 0) yield shared.subarray(0, used)
        used = 0
      }
      if (most > shared.length) {
        const large = Buffer.allocUnsafeSlow(most)
        yield large.subarray(0, encode(line, large, 0))
        continue
      }
      used = encode(line, shared, used)
      if (used < size) continue
      yield shared.subarray(0, used)
      used = 0
    }
    if (used > 0) yield shared.subarray(0, used)
  }
}

/** Calls `write`, and then tells `step` how that went. */
export async function settled(step: Step, write: () => Promise<void>): Promise<void> {
  try {
    await write()
  } catch (error) {
    step.putBack()
    throw error
  }
  step.isWritten()
}
