import { isObject } from '../../../pure/json'
import type { Exchange } from '../call'
import { expectStatus, expectThat } from '../expect'

/** The ids of a list of linked accounts. */
export function accountIds(exchange: Exchange): unknown[] {
  expectStatus(exchange, 200)
  expectThat(Array.isArray(exchange.json), exchange, 'The body is not a list.')
  return (exchange.json as unknown[]).filter(isObject).map(({ id }) => id)
}
