import { contract } from '../../check'
import { expectThat } from '../expect'
import { mainCheck, placedIds } from '../shared/orders'
import type { Probe } from '../probe'

export const checksRemoteId: Probe = {
  id: 'checks-remote-id',
  title: 'The remote_id in the body of an order is ignored',
  why: 'The provider assigns it.',
  expected: 'another remote_id than was sent',
  source: contract('Orders', 'assumed'),
  isWriting: true,
  async run(context) {
    const { exchange } = await mainCheck(context)
    expectThat(placedIds(exchange).remoteId !== 'verify-remote-id', exchange, 'It is the remote_id that was sent.')
  },
}
