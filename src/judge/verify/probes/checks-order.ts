import { contract } from '../../check'
import { OrderPlacedSchema } from '../../../../schemas/order'
import { expectProperties, expectShape } from '../expect'
import { mainCheck } from '../shared/orders'
import type { Probe } from '../probe'

export const checksOrder: Probe = {
  id: 'checks-order',
  title: 'A background check is ordered as an assessment is',
  why: 'Clients order both.',
  expected: '200 with id, remote_id and test_url',
  source: contract('Operations', 'documented'),
  isWriting: true,
  async run(context) {
    const { exchange } = await mainCheck(context)
    expectShape(exchange, OrderPlacedSchema)
    expectProperties(exchange, ['id', 'remote_id', 'test_url'])
  },
}
