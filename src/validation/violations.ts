import type { FastifySchemaValidationError } from 'fastify'
import type { Exemplary } from './example-of'
import { shapeOf } from './shape'

/** More sentences than this help nobody. */
const most = 50

/**
 * Violations at which a validator stops: enough for fifty sentences, since a field may have several. Beyond it nobody
 * knows how many there are.
 */
export const mostFound = 256

/**
 * What a body violates, a sentence each: `body/candidate/emails must be array or null`.
 * `part` is what was validated: `body` or `query`.
 */
export function violations(found: readonly FastifySchemaValidationError[], part: string): string[] {
  const sentences = new Map<string, string>()
  for (const { instancePath, keyword, params, message } of found) {
    // Of a field's violations the last says most: what is of the wrong type is not in the closed list either.
    sentences.set(instancePath, `${part}${instancePath} ${expectation(keyword, params, message)}`)
  }
  const all = [...sentences.values()]
  if (found.length >= mostFound) return [...all.slice(0, most), 'and more violations']
  return all.length <= most ? all : [...all.slice(0, most), `and ${String(all.length - most)} more violations`]
}

/** How the first of what is wrong should look; none when its schema does not say. */
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
