import { type Check, contract, NotAsExpected, passed, skipped } from '../../check'
import type { ClientRequest } from '../client-run'
import type { JudgedClient } from '../judged-client'

const mostShown = 5

export const requestsClean: Check<JudgedClient> = {
  id: 'requests-clean',
  title: 'No request has a warning or an unknown path',
  why: 'StackOne ignores what it does not know without a word, so the mistake is noticed late.',
  expected: 'In all runs, every request calls an operation that StackOne has, with properties that it knows.',
  source: contract('Operations', 'documented'),
  async run(client) {
    const { run } = await client.baseline()
    const requests = client.requests()
    if (requests.length === 0) return skipped('It sent no request to STACKONE_SERVER_URL.')
    const unprovoked = new Set(run.requests)
    const problems = [...new Set(requests.flatMap((request) => problemsOf(request, unprovoked.has(request))))]
    if (problems.length === 0) return passed
    const more = problems.length - mostShown
    const shown = [...problems.slice(0, mostShown), ...(more > 0 ? [`and ${String(more)} more`] : [])]
    throw new NotAsExpected(`Fix these: ${shown.join('; ')}.`)
  },
}

/** What the warning about an order that is sent again is about. Scenarios make clients do that. */
const repeated = 'body/id'

/** One sentence each, the same for the same mistake. */
function problemsOf(
  { method, path, status, operation, message, warnings }: ClientRequest,
  isUnprovoked: boolean,
): string[] {
  const about = `${method} ${path}`
  const isUnknown = operation === null && status !== null && status >= 400
  return [
    ...(isUnknown ? [`${about}: ${String(message)}`] : []),
    ...warnings
      .filter((warning) => isUnprovoked || warning.path !== repeated)
      .map((warning) => `${about}: ${warning.message}`),
  ]
}
