import { contract, passed } from '../../check'
import { isContent } from '../client-run'
import { expectEnd, expectNoMoreOrders, expectSuccess, struckCall } from '../expectations'
import { checkOf, failFirstOrder } from '../scenario'
import { expectAnswerRead } from './expect-answer-read'

export const brokenJson = checkOf({
  id: 'broken-json',
  title: 'It notices that the JSON of an answer is cut off',
  why: 'A proxy can cut off an answer that has status 200; without the test_url nobody can take the test.',
  expected: 'An exit code other than 0, or the same order sent again with the same id.',
  source: `${contract('Operations', 'documented')}; RFC 8259 (JSON)`,
  prepare: failFirstOrder({ answer: 'truncated-json' }),
  judge(compared) {
    expectNoMoreOrders(compared)
    expectEnd(compared.run)
    struckCall(compared.run)
    expectAnswerRead(compared)
    if (isContent(compared.run)) expectSuccess(compared)
    return passed
  },
})
