import { contract } from '../../check'
import { expectStatus } from '../expect'
import { candidate } from '../shared/bodies'
import { orderId, post } from '../shared/orders'
import { checkOrdersPath } from '../shared/paths'
import type { Probe } from '../probe'

export const checksSharedIds: Probe = {
  id: 'checks-shared-ids',
  title: 'A background check with the id of an assessment is a conflict',
  why: 'Both kinds of orders share the ids of an account.',
  expected: '409',
  source: contract('Orders', 'assumed'),
  isWriting: true,
  async run(context) {
    const body = { id: await orderId(context), candidate }
    expectStatus(await context.call(post(checkOrdersPath, body)), 409)
  },
}
