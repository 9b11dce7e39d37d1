import type { JournalEntry, RequestFilter } from '../../schemas/control/requests'
import type { Expectation, Verification } from '../../schemas/control/verification'
import { breatheInTime } from '../breathe'
import { errors } from '../errors'
import { pathOf } from '../http/request-path'
import type { Recorded } from '../store/records'
import { type ExactFilter, matchRequests, requestFits, shown } from './match-request'
import { showRequest } from './requests'

/** The requests that the journal keeps, newest first, and whether it still has all of them. */
export interface Kept {
  requests: readonly Recorded[]
  isComplete: boolean
}

/** Requests that an error shows in full. */
export const mostShown = 100
/** Requests or differences that the message of an error lists. */
export const mostTold = 10

/**
 * Resolves if as many requests match `filter` as expected: at least one, unless `expectation` says otherwise. Throws
 * `notVerified` if not, with the differences of the nearest, or if the journal no longer keeps enough to decide;
 * `invalidBody` if the expectation contradicts itself.
 */
export async function verifyRequests(
  { requests, isComplete }: Kept,
  filter: ExactFilter,
  expectation: Expectation,
): Promise<Verification> {
  const { least, most } = bounds(expectation)
  const found = await matchRequests(requests, filter)
  const { matched, undecided = 0, nearest } = found

  const sentences = [
    `Expected ${inWords(expectation)} with ${shown(asGiven(filter))}, but ${String(matched)} of ${String(requests.length)} ${matched === 1 ? 'matches' : 'match'}`,
  ]
  if (matched > most) {
    const fitting = await firstFitting(requests, filter)
    sentences.push(`they are ${listed(fitting.map(nameOf), ', ')}`)
    throw errors.notVerified({ why: sentences.join('; '), came: fitting.map((each) => showRequest(each)) })
  }
  const isUnsure = undecided > 0 || !isComplete
  if (matched >= least && (most === Infinity || !isUnsure || (isComplete && matched + undecided <= most))) return found
  if (nearest !== null)
    sentences.push(`the nearest is ${nameOfEntry(nearest.request)}: ${listed(nearest.differences, ', ')}`)
  if (undecided > 0)
    sentences.push(`for ${String(undecided)} the journal cannot tell, as it no longer keeps their bodies`)
  if (!isComplete) sentences.push('the journal no longer keeps every request, so it cannot tell how many there were')
  throw errors.notVerified({ why: sentences.join('; '), came: nearest === null ? [] : [nearest.request] })
}

async function firstFitting(requests: readonly Recorded[], filter: ExactFilter): Promise<Recorded[]> {
  const found: Recorded[] = []
  for (const each of requests) {
    await breatheInTime()
    if (requestFits(each, filter)) found.push(each)
    if (found.length === mostShown) break
  }
  return found
}

const asGiven = ({ order, ...filter }: ExactFilter): RequestFilter => filter

function bounds({ count, atLeast, atMost }: Expectation): { least: number; most: number } {
  if (count !== undefined && (atLeast ?? atMost) !== undefined)
    throw errors.invalidBody(['body must not have count together with atLeast or atMost'])
  if (atLeast !== undefined && atMost !== undefined && atLeast > atMost)
    throw errors.invalidBody(['body/atLeast must not be above body/atMost'])
  return { least: count ?? atLeast ?? (atMost === undefined ? 1 : 0), most: count ?? atMost ?? Infinity }
}

function inWords({ count, atLeast, atMost }: Expectation): string {
  if (count !== undefined) return `exactly ${requestsInWords(count)}`
  if (atMost === undefined) return `at least ${requestsInWords(atLeast ?? 1)}`
  return atLeast === undefined
    ? `at most ${requestsInWords(atMost)}`
    : `${String(atLeast)} to ${requestsInWords(atMost)}`
}

const requestsInWords = (count: number) => `${String(count)} request${count === 1 ? '' : 's'}`

/** `#17 POST /unified/ats/assessments/orders (400)`: enough to find the request in the journal. */
export const nameOf = ({ id, method, url, status }: Recorded): string =>
  `#${String(id)} ${method} ${pathOf(url)} (${status === null ? 'no answer' : String(status)})`

const nameOfEntry = ({ id, method, path, status }: JournalEntry) =>
  nameOf({ id, method, url: path, status } as Recorded)

/** The first of `texts`, and the number of the others. */
export function listed(texts: readonly string[], between: string): string {
  const more = texts.length - mostTold
  return [...texts.slice(0, mostTold), ...(more > 0 ? [`and ${String(more)} more`] : [])].join(between)
}
