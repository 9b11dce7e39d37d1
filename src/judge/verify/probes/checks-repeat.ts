import { contract } from '../../check'
import { isSameJson } from '../../../assessments/same-json'
import { expectStatus, expectThat } from '../expect'
import { mainCheck, placedIds, post } from '../shared/orders'
import { checkOrdersPath } from '../shared/paths'
import type { Probe } from '../probe'

export const checksRepeat: Probe = {
  id: 'checks-repeat',
  title: 'The same background check again is the same order',
  why: 'A client that repeats a call after a broken connection must not order twice.',
  expected: 'the same answer',
  source: contract('Orders', 'assumed'),
  isWriting: true,
  async run(context) {
    const { exchange, body } = await mainCheck(context)
    placedIds(exchange)
    const again = await context.call(post(checkOrdersPath, body))
    expectStatus(again, 200)
    expectThat(isSameJson(again.json, exchange.json), again, 'It is another order.')
  },
}
