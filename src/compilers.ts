import validators from '@fastify/ajv-compiler'
import type { Ajv } from 'ajv'
import serializers from '@fastify/fast-json-stringify-compiler'
import { expectedKeyword } from '../schemas/nullable'
import { isDateTime } from './date-time'

/** In bodies nothing is converted, removed or filled in: the real service would see the client's mistake. */
const strict = {
  allErrors: true,
  // An error tells its schema too, so that a hint can show what was expected.
  verbose: true,
  coerceTypes: false,
  removeAdditional: false,
  useDefaults: false,
  allowUnionTypes: true,
  keywords: [expectedKeyword],
}

/** Dates are read in one way, wherever they stand. */
const onCreate = (ajv: Ajv) => ajv.addFormat('date-time', isDateTime)

type Validate = ((data: unknown) => unknown) & { errors?: unknown }

/**
 * Validators for bodies, and others for what arrives as text and has to be converted. They are compiled when they are
 * first needed: compiling those of all routes takes longer than all the rest of the start.
 */
export const buildValidator: ReturnType<typeof validators> = (schemas) => {
  const build = validators()
  const forBodies = build(schemas, { customOptions: strict, onCreate })
  const forText = build(schemas, { customOptions: { ...strict, coerceTypes: true }, onCreate })

  return (route) => {
    // Fastify tells the part of the request as well; the compiler's types know of the schema alone.
    const compile = (route as { httpPart?: string }).httpPart === 'body' ? forBodies : forText
    let compiled: Validate | undefined
    const validate: Validate = (data) => {
      compiled ??= compile(route) as Validate
      const result = compiled(data)
      validate.errors = compiled.errors
      return result
    }
    return validate as ReturnType<typeof forBodies>
  }
}

/** Serializers, compiled when they are first needed, as the validators are. */
export const buildSerializer: ReturnType<typeof serializers> = (schemas, options) => {
  const compile = serializers()(schemas, options)

  return (route) => {
    let compiled: ReturnType<typeof compile> | undefined
    return (data) => (compiled ??= compile(route))(data)
  }
}
