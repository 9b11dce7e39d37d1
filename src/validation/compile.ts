import validators from '@fastify/ajv-compiler'
import type { Ajv } from 'ajv'
import serializers from '@fastify/fast-json-stringify-compiler'
import { expectedKeyword } from '../../schemas/builders'
import { formats } from './formats'
import { mostFound } from './violations'

/** A part of a call, as Fastify gives it to a compiler. */
export type Route = Parameters<ReturnType<ReturnType<typeof validators>>>[0]

export type Validate = ((data: unknown) => unknown) & { errors?: unknown }

/**
 * How values are checked. Bodies are checked as they are: conversion, removal or defaults would hide a mistake from the
 * client. Text has to be converted.
 */
export const strict = (kind: 'body' | 'text') => ({
  allErrors: false,
  coerceTypes: kind === 'text',
  removeAdditional: false as const,
  useDefaults: false,
  allowUnionTypes: true,
  keywords: [expectedKeyword],
  // The schemas are the sandbox's own, and tests compile each of them: checking them takes longer than compiling.
  validateSchema: false,
})

/** Collects violations, but only as many as are reported: a body may have half a million. */
const collecting = {
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

const onCreate = (ajv: Ajv) => {
  for (const [name, format] of Object.entries(formats)) ajv.addFormat(name, format)
}

const compilerWith = (customOptions: object) => {
  const compile = validators()({}, { customOptions, onCreate })
  return (route: Route) => compile(route) as Validate
}

/** Compile validators that stop at the first violation. */
export const firstOf = { body: compilerWith(strict('body')), text: compilerWith(strict('text')) }

/** Compile validators that collect violations. */
export const allOf = {
  body: compilerWith({ ...strict('body'), ...collecting }),
  text: compilerWith({ ...strict('text'), ...collecting }),
}

/** Compiles a serializer. */
export const serializerOf = serializers()({}, {})
