import type { Allowed, Clean } from '../../schemas/control/verification'
import { breatheInTime } from '../breathe'
import { errors, isAskedFor } from '../errors'
import type { Recorded } from '../store/records'
import { type ExactFilter, requestFits } from './match-request'
import { showRequest } from './requests'
import { type Kept, listed, mostShown, nameOf } from './verify'

/** A refusal or warning that is allowed, with the order that its filter names. */
export type ExactAllowed = Allowed & ExactFilter

/**
 * Resolves if no request was refused or caused a warning, except those that a fault refused or `allow` lists. Otherwise
 * throws `notClean` with those requests. It also throws if fewer than `atLeast` arrived, since the account may be
 * wrong, or if the journal no longer keeps every request.
 */
export async function verifyClean(
  { requests, isComplete }: Kept,
  allow: readonly ExactAllowed[],
  atLeast: number,
): Promise<Clean> {
  const found: { recorded: Recorded; problems: string[] }[] = []
  for (const recorded of [...requests].reverse()) {
    const problems = await problemsOf(recorded, allow)
    if (problems.length > 0) found.push({ recorded, problems })
  }
  if (found.length === 0 && isComplete && requests.length >= atLeast) return { checked: requests.length }
  const why =
    found.length === 0
      ? whyUnsure(requests.length, isComplete, atLeast)
      : `${String(found.length)} of ${String(requests.length)} requests were refused or have warnings: ${listed(
          found.map(({ recorded, problems }) => `${nameOf(recorded)}: ${listed(problems, ', ')}`),
          '; ',
        )}`
  throw errors.notClean({ why, came: found.slice(0, mostShown).map(({ recorded }) => showRequest(recorded)) })
}

const whyUnsure = (count: number, isComplete: boolean, atLeast: number) =>
  isComplete
    ? `Only ${String(count)} requests arrived, and at least ${String(atLeast)} were expected: is it the right account?`
    : 'The journal no longer keeps every request, so it cannot tell'

/** The problems of a request that are not allowed, one sentence each. */
async function problemsOf(recorded: Recorded, allow: readonly ExactAllowed[]): Promise<string[]> {
  const { status, message, warnings } = recorded
  const isRefused = status !== null && status >= 400 && !isAskedFor(recorded)
  if (!isRefused && warnings.length === 0) return []
  const fitting: ExactAllowed[] = []
  for (const each of allow) {
    await breatheInTime()
    const { warning, ...filter } = each
    if (requestFits(recorded, filter)) fitting.push(each)
  }
  if (fitting.some(({ warning }) => warning === undefined)) return []
  const allowed = new Set(fitting.map(({ warning }) => warning))
  return [
    ...(isRefused ? [String(message)] : []),
    ...warnings.filter(({ path }) => !allowed.has(path)).map((warning) => warning.message),
  ]
}
