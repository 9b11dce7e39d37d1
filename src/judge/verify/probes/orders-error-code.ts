import { contract } from '../../check'
import { at, expectThat } from '../expect'
import { wrongOrder } from '../shared/wrong-order'
import type { Probe } from '../probe'

export const ordersErrorCode: Probe = {
  id: 'orders-error-code',
  title: 'A body that breaks the schema has the errorCode ValidationError',
  why: 'Clients tell it from other refusals by it.',
  expected: 'ValidationError',
  source: contract('Errors', 'documented'),
  isWriting: true,
  async run(context) {
    const exchange = await wrongOrder(context)
    const isSo = at(exchange.json, 'errorCode') === 'ValidationError'
    expectThat(isSo, exchange, 'The errorCode is not ValidationError.')
  },
}
