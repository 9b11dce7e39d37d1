import type { TSchema } from '@sinclair/typebox'
import { isObject } from '../../pure/json'
import { violationsOf } from '../../validation/check'
import { NotAsExpected } from '../check'
import type { Exchange } from './call'

/** Rejects an answer, for `why`, unless it is as it should be. */
export function expectThat(isSo: boolean, { evidence }: Exchange, why: string): void {
  if (!isSo) throw new NotAsExpected(why, evidence)
}

export function expectStatus(exchange: Exchange, status: number): void {
  expectThat(exchange.status === status, exchange, `The status is ${String(exchange.status)}, not ${String(status)}.`)
}

/** Expects an answer with `status` whose body is valid by `schema`. */
export function expectShape(exchange: Exchange, schema: TSchema, status = 200): void {
  expectStatus(exchange, status)
  const broken = violationsOf(schema, exchange.json)
  expectThat(broken.length === 0, exchange, `The body has another form: ${broken.join('; ')}.`)
}

/** Expects that the body has all of `names`. */
export function expectProperties(exchange: Exchange, names: readonly string[]): void {
  const missing = names.filter((name) => !Object.hasOwn(Object(exchange.json) as object, name))
  expectThat(missing.length === 0, exchange, `The body lacks ${missing.join(', ')}.`)
}

/** What a body has at `path`; undefined if there is nothing. */
export const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), value)

export type Entry = Record<string, unknown>

/** The entries of a page. */
export function entriesOf(exchange: Exchange): Entry[] {
  expectStatus(exchange, 200)
  const data = at(exchange.json, 'data')
  expectThat(Array.isArray(data), exchange, 'The body has no list called data.')
  return (data as unknown[]).filter(isObject)
}
