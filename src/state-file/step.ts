import { endLine } from './entries'

/** Changes that are written together. */
export interface Step {
  readonly isEmpty: boolean
  /** A line for each, made when it is its turn. */
  readonly lines: () => Iterable<Buffer>
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

/** Bytes that are written at once. */
const chunk = 256 * 1024

/** `lines` joined to pieces of about `size` bytes, each as of the moment in which it is taken. */
export function* piecesOfLines(lines: Iterable<Buffer>, size = chunk): Generator<Buffer, void> {
  let piece: Buffer[] = []
  let bytes = 0
  for (const line of lines) {
    piece.push(line)
    bytes += line.length
    if (bytes < size) continue
    yield Buffer.concat(piece)
    piece = []
    bytes = 0
  }
  if (bytes > 0) yield Buffer.concat(piece)
}

/** The lines of a step with its end, in pieces to be written at once. `before` are whole lines. */
export const piecesOfStep = (step: Step, ...before: Buffer[]): Generator<Buffer, void> =>
  piecesOfLines(withEnd(step, before))

function* withEnd(step: Step, before: readonly Buffer[]) {
  yield* before
  yield* step.lines()
  yield endLine
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
