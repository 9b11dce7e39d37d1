import type { TSchema } from '@sinclair/typebox'
import { orderBodies } from '../../schemas/order-bodies'
import { PackageToCreateSchema, PackageToUpdateSchema } from '../../schemas/background-checks/package'
import type { Operation, Violation } from '../../schemas/control/requests'
import { ResultUpdateSchema } from '../../schemas/result'
import { isObject, parsedJson } from '../pure/json'
import type { Recorded } from '../store/records'
import { type Exemplary, exampleOf } from '../validation/example-of'

const bodies: Readonly<Partial<Record<Operation, TSchema>>> = {
  'orders.create': orderBodies.assessment,
  'results.update': ResultUpdateSchema,
  'background_checks.orders.create': orderBodies.background_check,
  'background_checks.results.update': ResultUpdateSchema,
  'background_checks.packages.create': PackageToCreateSchema,
  'background_checks.packages.update': PackageToUpdateSchema,
}

/** The place that a sentence begins with. The name of a property may hold blanks. */
const place = /^(?:body|query)(?:\/.+?)?(?= (?:must|is|are|has|looks)\b|$)/

/**
 * Where a refused request breaks its schema, out of the sentences of its answer, which say no more than the place and
 * the rule. Empty if that isn't why it was refused, or the answer is no longer kept.
 */
export function violationsIn({ operation, responseBody }: Recorded): Violation[] {
  const answer = parsedJson(String(responseBody))
  const sentences = isObject(answer) && Array.isArray(answer['errors']) ? answer['errors'].map(String) : []
  const schema = operation === null ? undefined : bodies[operation]
  return sentences.flatMap((message) => {
    const path = place.exec(message)?.[0]
    return path === undefined ? [] : [{ path, message, expected: exampleAt(schema, path) }]
  })
}

/** An example of the value at `path`, as JSON; null if the schema has none there. */
function exampleAt(schema: Exemplary | undefined, path: string): string | null {
  const [part, ...names] = path.split('/')
  if (part !== 'body') return null
  const there = names.reduce<Exemplary | undefined>((at, name) => at?.properties?.[name] ?? at?.items, schema)
  const example = there && exampleOf(there)
  return example === undefined ? null : JSON.stringify(example)
}
