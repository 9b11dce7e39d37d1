import { contract } from '../../check'
import { expectStatus } from '../expect'
import { orderId, patch, resultPath } from '../shared/orders'
import { checkOrdersPath } from '../shared/paths'
import type { Probe } from '../probe'

export const checksOtherKind: Probe = {
  id: 'checks-other-kind',
  title: 'The order of an assessment is not found among background checks',
  why: 'A provider that mixes them up needs to know.',
  expected: '404 for a result',
  source: contract('Orders', 'assumed'),
  isWriting: true,
  async run(context) {
    const path = resultPath(await orderId(context), checkOrdersPath)
    expectStatus(await context.call(patch(path, { summary: 'Verification' })), 404)
  },
}
