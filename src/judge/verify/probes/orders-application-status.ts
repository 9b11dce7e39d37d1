import { contract } from '../../check'
import { expectStatus } from '../expect'
import { candidate } from '../shared/bodies'
import { post } from '../shared/orders'
import { ordersPath } from '../shared/paths'
import type { Probe } from '../probe'

export const ordersApplicationStatus: Probe = {
  id: 'orders-application-status',
  title: 'A status of the application outside the published list is refused',
  why: 'A client that sends a value of its own needs to know.',
  expected: '400',
  source: contract('Orders', 'assumed'),
  isWriting: true,
  async run({ call, unknownId }) {
    const application = { application_status: { value: 'verify_unknown' } }
    expectStatus(await call(post(ordersPath, { id: unknownId, candidate, application })), 400)
  },
}
