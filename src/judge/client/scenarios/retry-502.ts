import { contract } from '../../check'
import { checkOf, failFirstOrder } from '../scenario'
import { mayRetry } from './may-retry'

export const retry502 = checkOf({
  id: 'retry-502',
  title: 'After 502 twice, it sends the order again or ends with an error',
  why: 'StackOne answers 502 when the provider fails, which is often over after a moment.',
  expected: 'Exit code 0 with every order placed once, or another exit code.',
  source: contract('Errors', 'documented'),
  prepare: failFirstOrder({ status: 502, times: 2 }),
  judge: mayRetry,
})
