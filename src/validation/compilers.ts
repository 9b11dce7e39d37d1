import validators from '@fastify/ajv-compiler'
import type { Ajv } from 'ajv'
import serializers from '@fastify/fast-json-stringify-compiler'
import { expectedKeyword } from '../../schemas/builders'
import { isDateTime } from '../date-time'
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
 * What is compiled serves every sandbox of the process: their schemas are the same objects, and to compile them each time
 * would take longer than all the rest of a start. Each is compiled when it is first needed.
 */
const compilers = (coerceTypes: boolean) => {
  const build = (options: object) => {
    const compiler = lazily(() => validators()({}, { customOptions: { ...options, coerceTypes }, onCreate }))
    return perSchema((route: Parameters<ReturnType<typeof compiler>>[0]) => compiler()(route) as Validate)
  }
  return { first: build(strict), all: build(collecting) }
}
const forBodies = compilers(false)
const forText = compilers(true)

/**
 * Validators for bodies, and others for what arrives as text and has to be converted. Whether a value keeps to its schema
 * is decided by one that stops at the first violation; what is to be told of a wrong one is collected by another.
 */
export const buildValidator: ReturnType<typeof validators> = () => (route) => {
  // Fastify tells the part of the request as well; the compiler's types know of the schema alone.
  const compile = (route as { httpPart?: string }).httpPart === 'body' ? forBodies : forText
  const validate: Validate = (data) => {
    if (compile.first(route)(data) === true) return true
    const all = compile.all(route)
    all(data)
    validate.errors = all.errors
    return false
  }
  return validate as ReturnType<ReturnType<typeof buildValidator>>
}

const compileSerializer = serializers()({}, {})
const serializerOf = perSchema((route: Parameters<typeof compileSerializer>[0]) => compileSerializer(route))

/** Serializers, compiled when they are first needed, as the validators are. */
export const buildSerializer: ReturnType<typeof serializers> = () => (route) => (data) => serializerOf(route)(data)

function lazily<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}

function perSchema<Route, T>(compile: (route: Route) => T) {
  const compiled = new WeakMap<object, T>()
  return (route: Route) => {
    const { schema } = route as unknown as { schema: object }
    let found = compiled.get(schema)
    if (found === undefined) compiled.set(schema, (found = compile(route)))
    return found
  }
}
