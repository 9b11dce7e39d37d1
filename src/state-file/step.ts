import { endLine } from './entries'

/** Changes that are written together. */
export interface Step {
  readonly isEmpty: boolean
  /** A line for each, made when it is its turn. */
  readonly lines: () => Iterable<string>
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

/** Characters that are written at once. */
const chunk = 256 * 1024

/** The texts of a step with its end, each to be written at once. `before` are texts of whole lines. */
export function* textsOf(step: Step, ...before: string[]): Generator<string> {
  let text = before.join('')
  for (const line of step.lines()) {
    text += line
    if (text.length < chunk) continue
    yield text
    text = ''
  }
  yield text + endLine
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
