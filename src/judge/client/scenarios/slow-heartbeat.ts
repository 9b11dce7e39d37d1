import { type Check, contract, passed, skipped } from '../../check'
import { asksForHeartbeat } from '../asks-for-heartbeat'
import { orderCalls } from '../client-run'
import { expectSuccess } from '../expectations'
import type { JudgedClient } from '../judged-client'
import { checkOf, failFirstOrder } from '../scenario'
import { expectPatience } from './expect-patience'

const waits = checkOf({
  id: 'slow-heartbeat',
  title: 'With Prefer: heartbeat, it reads an answer that begins with newlines',
  why: 'StackOne sends newlines before the JSON to keep the connection alive, once a client asks for it.',
  expected: 'Exit code 0, and each order sent and placed once.',
  source: contract('Operations', 'documented'),
  prepare: failFirstOrder({ delayMs: 2_500 }),
  judge(compared) {
    expectPatience(compared)
    expectSuccess(compared)
    return passed
  },
})

export const slowHeartbeat: Check<JudgedClient> = {
  ...waits,
  async run(client) {
    const { run, problem } = await client.baseline()
    if (problem === null && !orderCalls(run).slice(0, 1).some(asksForHeartbeat))
      return skipped('It orders without the header Prefer: heartbeat.')
    return waits.run(client)
  },
}
