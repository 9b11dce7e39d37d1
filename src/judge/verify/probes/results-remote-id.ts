import { contract } from '../../check'
import { expectStatus } from '../expect'
import { mainOrder, placedIds, reportTo } from '../shared/orders'
import type { Probe } from '../probe'

export const resultsRemoteId: Probe = {
  id: 'results-remote-id',
  title: 'A result can be reported for the remote id of an order',
  why: 'Providers know an order by either.',
  expected: '200',
  source: contract('Identifiers', 'documented'),
  isWriting: true,
  async run(context) {
    const { remoteId } = placedIds((await mainOrder(context)).exchange)
    expectStatus(await reportTo(context, remoteId, { summary: 'Verification' }, [remoteId]), 200)
  },
}
