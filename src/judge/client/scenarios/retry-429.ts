import { checkOf } from '../scenario'
import { toldToWait } from './told-to-wait'

export const retry429 = checkOf({
  id: 'retry-429',
  title: 'After 429 with Retry-After, it waits and sends the order again',
  why: 'StackOne answers 429 above 1,000 requests a minute, and whenever the provider does; an early retry is refused again.',
  ...toldToWait(429),
})
