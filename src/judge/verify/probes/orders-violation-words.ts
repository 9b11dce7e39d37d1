import { contract } from '../../check'
import { isSameJson } from '../../../assessments/same-json'
import { at, expectThat } from '../expect'
import { wrongOrder } from '../shared/wrong-order'
import type { Probe } from '../probe'

export const ordersViolationWords: Probe = {
  id: 'orders-violation-words',
  title: 'The sentences about a refused body have the words of the sandbox, and message joins them',
  why: 'Clients show them to people.',
  expected: 'body/candidate/emails must be array or null',
  source: contract('Errors', 'assumed'),
  isWriting: true,
  async run(context) {
    const exchange = await wrongOrder(context)
    const sentence = 'body/candidate/emails must be array or null'
    expectThat(isSameJson(at(exchange.json, 'errors'), [sentence]), exchange, `errors is not ["${sentence}"].`)
    expectThat(at(exchange.json, 'message') === sentence, exchange, `message is not "${sentence}".`)
  },
}
