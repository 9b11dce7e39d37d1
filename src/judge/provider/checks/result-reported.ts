import type { AccountControl } from '../../../control/account-control'
import { type Check, contract, NotAsExpected, passed } from '../../check'
import type { WebhookContext } from '../context'
import { evidenceOfReports, type Reported } from '../results'

export const resultReported: Check<WebhookContext> = {
  id: 'result-reported',
  title: 'After an order, a valid result is reported in time',
  why: 'It is what the recruiter ordered.',
  expected: 'PATCH …/orders/{id}/result that is answered 200, with a score, an address or a final outcome',
  source: contract('Results', 'documented'),
  async run({ receiver, results, account }) {
    const usual = await results.usual()
    if (usual.isReported) return passed
    throw new NotAsExpected(
      await reasonOf(usual, account, results.withinMs),
      evidenceOfReports(receiver, usual.exchange, usual.attempts),
    )
  },
}

/** Why there is no result, as far as the calls of the provider tell. */
async function reasonOf({ attempts }: Reported, account: AccountControl, withinMs: number): Promise<string> {
  const last = attempts.at(-1)
  if (last !== undefined && last.status !== 200)
    return `The report was refused with ${String(last.status)}: ${String(last.message)}`
  if (last !== undefined) return `Only an unfinished result was reported within ${String(withinMs / 1_000)} s`
  const { requests: calls } = await account.requests.list({ limit: 1_000 })
  const refused = calls.find(({ status }) => status !== null && status >= 400)
  const seconds = `within ${String(withinMs / 1_000)} s`
  if (calls.length === 0)
    return `Your provider made no call ${seconds}: does its client use the sandbox's address, key and account?`
  return refused === undefined
    ? `No result was reported ${seconds}. Does a test end by itself, without a person?`
    : `No result was reported ${seconds}. A call was refused: ${refused.method} ${refused.path} with ${String(refused.status)} (${String(refused.message)})`
}
