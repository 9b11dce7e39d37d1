import type { FastifySchemaValidationError } from 'fastify'
import type { Exemplary } from './example-of'
import { shapeOf } from './shape'

/** Maximum number of sentences; more would help nobody. */
const most = 50

/**
 * Number of violations at which a validator stops: enough for fifty sentences, since a field may have several. The
 * total is then unknown.
 */
export const mostFound = 256

/**
 * The violations, a sentence each: `body/candidate/emails must be array or null`. `part` is what was validated: `body`
 * or `query`.
 */
export function violations(found: readonly FastifySchemaValidationError[], part: string): string[] {
  const sentences = new Map<string, string>()
  for (const { instancePath, keyword, params, message } of found) {
    // The last violation of a field says most: a value of the wrong type is not in the closed list either.
    sentences.set(instancePath, `${part}${instancePath} ${expectation(keyword, params, message)}`)
  }
  const all = [...sentences.values()]
  if (found.length >= mostFound) return [...all.slice(0, most), 'and more violations']
  return all.length <= most ? all : [...all.slice(0, most), `and ${String(all.length - most)} more violations`]
}

/** What the first wrong value should look like; empty if its schema has no example. */
export function expectedShape(found: readonly FastifySchemaValidationError[], part: string): string[] {
  const [first] = found as readonly [FastifySchemaValidationError & { parentSchema: Exemplary }]
  const shape = shapeOf(first.parentSchema)
  return shape === undefined ? [] : [`${part}${first.instancePath} looks like ${shape}`]
}

function expectation(keyword: string, params: Record<string, unknown>, message: string | undefined): string {
  if (keyword === 'type') return `must be ${alternatives([params['type']].flat())}`
  if (keyword === 'format') return 'must be a date-time such as 2026-01-31T09:30:00.000Z'
  if (keyword === 'enum') return `must be one of ${alternatives(params['allowedValues'] as unknown[])}`
  if (keyword === 'maxLength') return `must be at most ${String(params['limit'])} characters long`
  if (keyword === 'additionalProperties') return `must not have the property ${String(params['additionalProperty'])}`
  return String(message)
}

function alternatives(values: readonly unknown[]): string {
  const words = values.map(String)
  return words.length === 1 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words.slice(-1).join()}`
}
