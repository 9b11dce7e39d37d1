import { checkOf } from '../scenario'
import { toldToWait } from './told-to-wait'

export const retry408 = checkOf({
  id: 'retry-408',
  title: 'After 408 with Retry-After, it waits and sends the order again',
  why: 'StackOne answers 408 when a provider takes over 60 seconds; a later call often succeeds.',
  ...toldToWait(408),
})
