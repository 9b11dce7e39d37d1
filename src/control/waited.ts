import { defaultWaitMs, usualLimit, type WaitOptions } from '../../schemas/control/builders'
import { breatheInTime } from '../breathe'
import { errors } from '../errors'
import { mostOfPart } from './list-part'
import { type Waiting, waitFor } from './wait'
import { waitingLine } from './waiting-line'

/** What a call waits for; `what` names it in messages. */
export interface Wanted<T, Shown> extends Omit<Waiting<T>, 'count' | 'timeoutMs'> {
  account: string | null
  what: string
  show: (item: T) => Shown
  /** Approximate length of a shown item in characters. */
  sizeOf: (item: T) => number
  /** The filter, for the message. */
  filter: object
  /** Whether it is unknown if an item matches. */
  isUndecided?: (item: T) => boolean
}

/**
 * Waits for matching items and returns them, oldest first. Throws `waitTimedOut` with what did arrive, `tooManyWaiting`
 * if too many calls already wait, and `invalidBody` if the result is too large for one answer.
 */
export async function waited<T, Shown>(
  { account, what, show, sizeOf, filter, isUndecided = () => false, ...waiting }: Wanted<T, Shown>,
  { count = 1, timeoutMs = defaultWaitMs }: WaitOptions,
): Promise<Shown[]> {
  const leave = waitingLine(waiting.changes).enter(account)
  try {
    const found = await waitFor({ ...waiting, count, timeoutMs })
    if (found !== null) {
      if (sumOf(found, sizeOf) > mostOfPart && count > 1)
        throw errors.invalidBody([`body/count asks for over 8 MiB of ${what}: wait for fewer, and list them`])
      return found.map(show)
    }
    // No client is left to read what arrived.
    if (waiting.signal?.aborted) throw errors.waitTimedOut({ waited: 'The client left', came: [] })
    throw errors.waitTimedOut(await whatCame())
  } finally {
    leave()
  }

  async function whatCame() {
    const came: T[] = []
    let all = 0
    let fitting = 0
    let undecided = 0
    for await (const item of await waiting.existing()) {
      await breatheInTime()
      all++
      if (waiting.fits(item)) fitting++
      if (isUndecided(item)) undecided++
      if (came.length < usualLimit && sumOf([...came, item], sizeOf) <= mostOfPart) came.push(item)
    }
    const wanted = `Waited ${String(timeoutMs)} ms for ${String(count)} of the ${what} with ${JSON.stringify(filter)}`
    const unsure =
      undecided === 0 ? '' : `; for ${String(undecided)} it cannot tell, as their bodies are no longer kept`
    const told = `${wanted}; ${String(fitting)} of ${String(all)} match${unsure}`
    return { waited: told, came: came.map(show) }
  }
}

const sumOf = <T>(items: readonly T[], sizeOf: (item: T) => number) =>
  items.reduce((sum, item) => sum + sizeOf(item), 0)
