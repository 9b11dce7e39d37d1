import type { TSchema } from '@sinclair/typebox'
import type { FastifySchemaValidationError } from 'fastify'
import { errors } from '../errors'
import { buildValidator } from './compilers'
import { expectedShape, violations } from './violations'

/** `errors` are those of the last value that broke the schema. */
type Validate = ((value: unknown) => unknown) & { errors: FastifySchemaValidationError[] }

const compile = buildValidator({}, {})
const validators = new WeakMap<TSchema, Validate>()

/** What `value` violates of `schema`, a sentence each; `part` is what it is called. */
export function violationsOf(schema: TSchema, value: unknown, part = 'body'): string[] {
  const found = whatBreaks(schema, value)
  return found === null ? [] : violations(found, part)
}

/** Null when nothing does. */
function whatBreaks(schema: TSchema, value: unknown): FastifySchemaValidationError[] | null {
  const validate = validators.get(schema) ?? (compile({ schema, method: '', url: '', httpPart: 'body' }) as Validate)
  validators.set(schema, validate)
  return validate(value) === true ? null : validate.errors
}

/** Throws `invalidBody` for what breaks `schema`: within the process nothing else looks at what a test passes. */
export function check(schema: TSchema, value: unknown): void {
  const found = whatBreaks(schema, value)
  if (found !== null) throw errors.invalidBody(violations(found, 'body'), ...expectedShape(found, 'body'))
}

/** As `check`, of what goes into the query over HTTP: throws `invalidQuery`. */
export function checkQuery(schema: TSchema, value: unknown): void {
  const found = violationsOf(schema, value, 'query')
  if (found.length > 0) throw errors.invalidQuery(found)
}
