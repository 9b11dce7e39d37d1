import type { Allowed, Clean } from '../../schemas/control/requests'
import { errors, isAskedFor } from '../errors'
import type { Recorded } from '../store/journal'
import { requestFits } from './match-request'
import { showRequest } from './requests'
import { type Kept, listed, mostShown, nameOf } from './verify'

/**
 * Resolves when no request was refused or warned of, but for those that a fault refused and what `allow` lists. Throws
 * `notClean` with what was, and also when the journal no longer keeps all requests, so that nobody can tell.
 */
export function verifyClean({ requests, isComplete }: Kept, allow: readonly Allowed[]): Clean {
  const found = requests
    .map((recorded) => ({ recorded, problems: problemsOf(recorded, allow) }))
    .filter(({ problems }) => problems.length > 0)
    .reverse()
  if (found.length === 0 && isComplete) return { checked: requests.length }
  const why =
    found.length === 0
      ? 'The journal no longer keeps all requests, so nobody can tell'
      : `${String(found.length)} of ${String(requests.length)} requests were refused or warned of: ${listed(
          found.map(({ recorded, problems }) => `${nameOf(recorded)}: ${listed(problems, ', ')}`),
          '; ',
        )}`
  throw errors.notClean({ why, came: found.slice(0, mostShown).map(({ recorded }) => showRequest(recorded)) })
}

/** What is wrong with a request, a sentence each. */
function problemsOf(recorded: Recorded, allow: readonly Allowed[]): string[] {
  const { status, message, warnings } = recorded
  const isRefused = status !== null && status >= 400 && !isAskedFor(recorded)
  if (!isRefused && warnings.length === 0) return []
  const fitting = allow.filter(({ warning, ...filter }) => requestFits(recorded, filter))
  if (fitting.some(({ warning }) => warning === undefined)) return []
  const allowed = new Set(fitting.map(({ warning }) => warning))
  return [
    ...(isRefused ? [message ?? 'refused'] : []),
    ...warnings.filter(({ path }) => !allowed.has(path)).map((warning) => warning.message),
  ]
}
