import { contract } from '../../check'
import { at, expectThat } from '../expect'
import { wrongOrder } from '../shared/wrong-order'
import type { Probe } from '../probe'

export const ordersViolations: Probe = {
  id: 'orders-violations',
  title: 'A refused body is answered with a list of what is wrong',
  why: 'Clients show it to people.',
  expected: 'errors, a list of sentences',
  source: contract('Errors', 'documented'),
  isWriting: true,
  async run(context) {
    const exchange = await wrongOrder(context)
    const errors = at(exchange.json, 'errors')
    const isSo = Array.isArray(errors) && errors.length > 0 && errors.every((each) => typeof each === 'string')
    expectThat(isSo, exchange, 'errors is not a list of sentences.')
  },
}
