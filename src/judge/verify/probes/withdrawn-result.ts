import { contract } from '../../check'
import { Envelope } from '../../../../schemas/envelope'
import { ResultSchema } from '../../../../schemas/result'
import { expectShape, expectStatus } from '../expect'
import { orderId, report } from '../shared/orders'
import { ordersPath, part } from '../shared/paths'
import type { Probe } from '../probe'

export const withdrawnResult: Probe = {
  id: 'withdrawn-result',
  title: 'The withdrawn read of a result is still answered',
  why: 'Older clients still call it.',
  expected: '200 {data} with the result',
  source: contract('Operations', 'assumed'),
  isWriting: true,
  async run(context) {
    expectStatus(await report(context, { summary: 'Verification' }), 200)
    const path = `${ordersPath}/${part(await orderId(context))}/results`
    expectShape(await context.call({ path }), Envelope(ResultSchema, ''))
  },
}
