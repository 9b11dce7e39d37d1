import type { Exchange } from '../call'
import type { Context } from '../probe'
import { candidate } from './bodies'
import { post } from './orders'
import { ordersPath } from './paths'

/** What an order answers whose addresses are no list, which is sent once. */
export const wrongOrder = (context: Context): Promise<Exchange> =>
  context.once('wrong order', () =>
    context.call(
      post(ordersPath, { id: context.unknownId, candidate: { ...candidate, emails: 'vera.invented@example.com' } }),
    ),
  )
