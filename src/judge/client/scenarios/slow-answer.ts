import { contract, passed } from '../../check'
import { asksForHeartbeat } from '../asks-for-heartbeat'
import { expectSuccess, struckCall } from '../expectations'
import { checkOf, failFirstOrder } from '../scenario'
import { expectPatience } from './expect-patience'

export const slowAnswer = checkOf({
  id: 'slow-answer',
  title: 'It waits for an answer that takes 3 s',
  why: 'StackOne waits up to 60 seconds for a provider before it answers 408.',
  expected: 'Exit code 0, and each order sent and placed once.',
  source: contract('Errors', 'documented'),
  prepare: failFirstOrder({ delayMs: 3_000 }),
  judge(compared) {
    expectPatience(compared)
    // Whether it understands newlines before the answer is a scenario of its own.
    if (!asksForHeartbeat(struckCall(compared.run))) expectSuccess(compared)
    return passed
  },
})
