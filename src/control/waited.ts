import { defaultWaitMs, usualLimit, type WaitOptions } from '../../schemas/control/shared'
import { errors } from '../errors'
import { type Waiting, waitFor } from './wait'

/** What is waited for: `what` it is called, and how it is shown. */
export interface Wanted<T, Shown> extends Omit<Waiting<T>, 'count' | 'timeoutMs'> {
  what: string
  show: (item: T) => Shown
  /** By which they were chosen, for the message. */
  filter: object
  /** Whether it cannot be told if an item fits. */
  isUndecided?: (item: T) => boolean
}

/** What was waited for, oldest first; throws `waitTimedOut` with what did come. */
export async function waited<T, Shown>(
  { what, show, filter, isUndecided = () => false, ...waiting }: Wanted<T, Shown>,
  { count = 1, timeoutMs = defaultWaitMs }: WaitOptions,
): Promise<Shown[]> {
  const found = await waitFor({ ...waiting, count, timeoutMs })
  if (found !== null) return found.map(show)
  const came = await waiting.existing()
  const wanted = `Waited ${String(timeoutMs)} ms for ${String(count)} of the ${what} with ${JSON.stringify(filter)}`
  const fitting = came.filter(waiting.fits).length
  const undecided = came.filter(isUndecided).length
  const unsure = undecided === 0 ? '' : `; for ${String(undecided)} it cannot tell, as their bodies are no longer kept`
  const told = `${wanted}; ${String(fitting)} came, and ${String(came.length)} in all${unsure}`
  throw errors.waitTimedOut({ waited: told, came: came.slice(0, usualLimit).map(show) })
}
