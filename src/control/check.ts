import type { TSchema } from '@sinclair/typebox'
import type { FastifySchemaValidationError } from 'fastify'
import { buildValidator } from '../compilers'
import { errors } from '../errors'
import { violations } from '../violations'

type Validate = ((value: unknown) => unknown) & { errors?: FastifySchemaValidationError[] | null }

const compile = buildValidator({}, {})
const validators = new WeakMap<TSchema, Validate>()

/** What `value` violates of `schema`, a sentence each. */
export function violationsOf(schema: TSchema, value: unknown): string[] {
  const validate = validators.get(schema) ?? (compile({ schema, method: '', url: '', httpPart: 'body' }) as Validate)
  validators.set(schema, validate)
  return validate(value) === true ? [] : violations(validate.errors ?? [], 'body')
}

/** Throws `invalidBody` for what breaks `schema`: within the process nothing else looks at what a test passes. */
export function check(schema: TSchema, value: unknown): void {
  const found = violationsOf(schema, value)
  if (found.length > 0) throw errors.invalidBody(found)
}
