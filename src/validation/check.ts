import type { TSchema } from '@sinclair/typebox'
import type { FastifySchemaValidationError } from 'fastify'
import { errors } from '../errors'
import { buildValidator } from './compilers'
import { expectedShape, violations } from './violations'

/** `errors` are those of the last invalid value. */
type Validate = ((value: unknown) => unknown) & { errors: FastifySchemaValidationError[] }

const compile = buildValidator({}, {})
const validators = new WeakMap<TSchema, Validate>()

/** The violations of `schema` by `value`, a sentence each. `part` is the name of the value in them. */
export function violationsOf(schema: TSchema, value: unknown, part = 'body'): string[] {
  const found = whatBreaks(schema, value)
  return found === null ? [] : violations(found, part)
}

/** Null if the value is valid. */
function whatBreaks(schema: TSchema, value: unknown): FastifySchemaValidationError[] | null {
  const validate = validators.get(schema) ?? (compile({ schema, method: '', url: '', httpPart: 'body' }) as Validate)
  validators.set(schema, validate)
  return validate(value) === true ? null : validate.errors
}

/** Throws `invalidBody` if `value` breaks `schema`: in the process, nothing else checks what a test passes. */
export function check(schema: TSchema, value: unknown): void {
  const found = whatBreaks(schema, value)
  if (found !== null) throw errors.invalidBody(violations(found, 'body'), ...expectedShape(found, 'body'))
}

/** As `check`, for what a query holds over HTTP: throws `invalidQuery`. */
export function checkQuery(schema: TSchema, value: unknown): void {
  const found = violationsOf(schema, value, 'query')
  if (found.length > 0) throw errors.invalidQuery(found)
}
