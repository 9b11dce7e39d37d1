import { contract } from '../../check'
import { checkOf, failFirstOrder } from '../scenario'
import { expectAnswerRead } from './expect-answer-read'
import { mayRetry } from './may-retry'

export const brokenInAnswer = checkOf({
  id: 'broken-in-answer',
  title: 'When the connection breaks in the middle of the answer, the order is not placed twice',
  why: 'The order was placed, although the client cannot know: only the same id tells StackOne that a retry is not a new order.',
  expected: 'One order for each candidate: the same order sent again with the same id, or an exit code other than 0.',
  source: `${contract('Orders', 'assumed')}; RFC 9110, section 9.2.2 (Idempotent Methods)`,
  prepare: failFirstOrder({ answer: 'reset-in-body' }),
  judge(compared) {
    const finding = mayRetry(compared)
    expectAnswerRead(compared)
    return finding
  },
})
