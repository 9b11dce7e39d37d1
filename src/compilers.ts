import validators from '@fastify/ajv-compiler'
import type { Ajv } from 'ajv'
import serializers from '@fastify/fast-json-stringify-compiler'
import { expectedKeyword } from '../schemas/nullable'
import { isDateTime } from './date-time'
import { mostFound } from './violations'

/** In bodies nothing is converted, removed or filled in: the real service would see the client's mistake. */
const strict = {
  allErrors: false,
  coerceTypes: false,
  removeAdditional: false,
  useDefaults: false,
  allowUnionTypes: true,
  keywords: [expectedKeyword],
}

/** Collects violations, but no more than anybody is told: a body may have half a million. */
const collecting = {
  ...strict,
  allErrors: true,
  // A violation tells its schema too, so that a hint can show what was expected.
  verbose: true,
  code: { process: stopEarly },
}

/** Has the code that Ajv generated return as soon as it has found `mostFound`. */
function stopEarly(code: string): string {
  return code.replace(/return function (\w+)\([^]*$/, (body, name: string) =>
    body.replaceAll('errors++;', `if(++errors >= ${String(mostFound)}){${name}.errors = vErrors;return false;}`),
  )
}

/** Dates are read in one way, wherever they stand. */
const onCreate = (ajv: Ajv) => ajv.addFormat('date-time', isDateTime)

type Validate = ((data: unknown) => unknown) & { errors?: unknown }

/**
 * Validators for bodies, and others for what arrives as text and has to be converted. They are compiled when they are
 * first needed: compiling those of all routes takes longer than all the rest of the start. Whether a value keeps to its
 * schema is decided by one that stops at the first violation; what is to be told of a wrong one is collected by another.
 */
export const buildValidator: ReturnType<typeof validators> = (schemas) => {
  const build = validators()
  const compilers = (coerceTypes: boolean) => ({
    first: build(schemas, { customOptions: { ...strict, coerceTypes }, onCreate }),
    all: build(schemas, { customOptions: { ...collecting, coerceTypes }, onCreate }),
  })
  const forBodies = compilers(false)
  const forText = compilers(true)

  return (route) => {
    // Fastify tells the part of the request as well; the compiler's types know of the schema alone.
    const compile = (route as { httpPart?: string }).httpPart === 'body' ? forBodies : forText
    let first: Validate | undefined
    let all: Validate | undefined
    const validate: Validate = (data) => {
      first ??= compile.first(route) as Validate
      if (first(data) === true) return true
      all ??= compile.all(route) as Validate
      all(data)
      validate.errors = all.errors
      return false
    }
    return validate as ReturnType<typeof compile.first>
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
