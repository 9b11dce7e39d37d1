import validators from '@fastify/ajv-compiler'
import type { Ajv } from 'ajv'
import serializers from '@fastify/fast-json-stringify-compiler'
import { expectedKeyword } from '../../schemas/builders'
import { isDateTime } from '../date-time'
import { mostFound } from './violations'

/** Bodies are checked as they are: conversion, removal or defaults would hide a mistake from the client. */
const strict = {
  allErrors: false,
  coerceTypes: false,
  removeAdditional: false,
  useDefaults: false,
  allowUnionTypes: true,
  keywords: [expectedKeyword],
}

/** Collects violations, but only as many as are reported: a body may have half a million. */
const collecting = {
  ...strict,
  allErrors: true,
  // With its schema, a violation lets a hint show what was expected.
  verbose: true,
  code: { process: stopEarly },
}

/** Makes the code that Ajv generated return after `mostFound` violations. */
function stopEarly(code: string): string {
  return code.replace(/return function (\w+)\([^]*$/, (body, name: string) =>
    body.replaceAll('errors++;', `if(++errors >= ${String(mostFound)}){${name}.errors = vErrors;return false;}`),
  )
}

/** Dates are read in the same way everywhere. */
const onCreate = (ajv: Ajv) => ajv.addFormat('date-time', isDateTime)

type Validate = ((data: unknown) => unknown) & { errors?: unknown }

/**
 * Compiled code serves every sandbox in the process, since they share the schema objects: compiling takes longer than
 * the rest of a start. Each schema is compiled when it is first used.
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
 * Validators for bodies, and others for text that has to be converted. One validator decides whether a value is valid,
 * and stops at the first violation; another one collects the violations of an invalid value.
 */
export const buildValidator: ReturnType<typeof validators> = () => (route) => {
  // Fastify passes the part of the request too, which the compiler's types lack.
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

/** Serializers, compiled when first used. */
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
