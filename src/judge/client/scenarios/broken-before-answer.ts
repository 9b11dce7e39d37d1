import { checkOf, failFirstOrder } from '../scenario'
import { mayRetry } from './may-retry'

export const brokenBeforeAnswer = checkOf({
  id: 'broken-before-answer',
  title: 'When the connection breaks before the answer, it sends the order again or ends with an error',
  why: 'Connections break now and then; an order that is lost silently leaves a candidate waiting.',
  expected: 'Exit code 0 with every order placed once, or another exit code.',
  source: 'RFC 9110, section 9.2.2 (Idempotent Methods)',
  prepare: failFirstOrder({ answer: 'reset' }),
  judge: mayRetry,
})
