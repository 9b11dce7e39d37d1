#!/usr/bin/env node
'use strict'
// Compares the OpenAPI document of the running sandbox with those that StackOne published, the newest first:
// operations, parameters, properties, types, nullability and enums, in both directions. Intended differences are listed
// below, with the reason.
const { readFileSync } = require('node:fs')
const { startSandbox } = require('../dist/index.js')

/** @typedef {{ types: string[], values: unknown[] | null, properties: Record<string, Shape>, items: Shape | null }} Shape */

/**
 * @typedef {object} Document
 * @property {Record<string, Record<string, Operation>>} paths
 * @property {{ schemas: Record<string, Schema> }} components
 */

/** @typedef {{ parameters?: Parameter[], requestBody?: Part, responses: Record<string, Part> }} Operation */
/** @typedef {{ name: string, in: string, required?: boolean, schema: Schema }} Parameter */
/** @typedef {{ content?: Record<string, { schema?: Schema }> }} Part */

/**
 * @typedef {object} Schema
 * @property {string} [$ref]
 * @property {string | string[]} [type]
 * @property {boolean} [nullable]
 * @property {unknown[]} [enum]
 * @property {Schema[]} [allOf]
 * @property {Schema[]} [oneOf]
 * @property {Record<string, Schema>} [properties]
 * @property {Schema} [items]
 */

/**
 * A difference of both reads that StackOne has withdrawn. Only the older document has them.
 *
 * @param {string} difference
 */
const withdrawn = (difference) =>
  ['GET /unified/ats/assessments/orders/{id}', 'GET /unified/ats/assessments/orders/{id}/results'].map(
    (operation) => `${operation}: ${difference}`,
  )

const kinds = (/** @type {string} */ place) =>
  `${place}[]/content_type/value takes [null,"other","pdf","text","unmapped_value","video"], published [null,"text","unmapped_value"]`

const rawBefore = { body: '["null","string"]', response: '["null","object"]' }

const onPurpose = new Set([
  // Published on every operation since the withdrawn reads left the document; the sandbox accepts it on them too.
  ...withdrawn('parameter Prefer is not published'),
  // Today's document has wider shapes of `raw`, results and attachment kinds. What it allows to be reported must also
  // be readable.
  ...Object.entries(rawBefore).flatMap(([part, before]) =>
    withdrawn(`answer/raw[]/${part} is ["array","null","object","string"], published ${before}`),
  ),
  `GET /unified/ats/assessments/orders/{id}/results: ${kinds('answer/data/attachments')}`,
  'GET /unified/ats/assessments/orders/{id}/results: answer/data/result/value takes ["cancelled","completed","expired","failed","in_progress","initiated",null,"passed","unmapped_value"], published ["cancelled","completed","expired","failed",null,"passed"]',
])

const files = process.argv.slice(2)
if (files.length === 0) {
  console.error('Usage: npm run check:contract -- PUBLISHED-OPENAPI.json [OLDER-OPENAPI.json …]')
  process.exit(2)
}
void compare(files.map((file) => JSON.parse(readFileSync(file, 'utf8'))))

/** @param {readonly Document[]} documents The published ones, newest first: the first with an operation defines it. */
async function compare(documents) {
  const sandbox = await startSandbox()
  const ours = /** @type {Document} */ (await (await fetch(`${sandbox.url}/openapi.json`)).json())
  /** @type {string[]} */
  const differences = []
  let compared = 0

  /** @type {Map<string, ReturnType<typeof operationsOf>[number]>} */
  const all = new Map()
  for (const found of documents.flatMap(operationsOf)) if (!all.has(found.name)) all.set(found.name, found)
  for (const { name } of operationsOf(ours)) {
    if (!all.has(name)) differences.push(`${name} is not published`)
  }
  for (const [name, { document, path, method, operation: published }] of all) {
    const operation = ours.paths[path]?.[method]
    if (operation === undefined) {
      const { status } = await fetch(sandbox.url + path.replaceAll(/\{\w+\}/g, 'order-1'), {
        method: method.toUpperCase(),
      })
      if (status !== 501) differences.push(`${name} is not emulated, but answered with ${status} instead of 501`)
      else console.log(`- ${name}: not emulated, answered with 501`)
      continue
    }
    const found = [
      ...compareParameters(parametersOf(document, published), parametersOf(ours, operation)),
      ...compareShapes('body', bodyOf(document, published), bodyOf(ours, operation)),
      ...compareShapes('answer', answerOf(document, published), answerOf(ours, operation)),
      ...Object.keys(published.responses)
        .filter((status) => !(status in operation.responses))
        .map((status) => `answer ${status} is missing`),
    ]
    differences.push(...found.map((difference) => `${name}: ${difference}`))
    compared++
    console.log(`- ${name}: compared`)
  }
  await sandbox.close()

  const mistakes = differences.filter((difference) => !onPurpose.has(difference))
  const stale = [...onPurpose].filter((difference) => !differences.includes(difference))
  for (const difference of mistakes) console.error(`differs: ${difference}`)
  for (const difference of stale) console.error(`listed as intended, but does not differ: ${difference}`)
  if (compared === 0) console.error('nothing was compared')
  process.exitCode = mistakes.length + stale.length > 0 || compared === 0 ? 1 : 0
  console.log(
    process.exitCode === 0 ? `The contract is kept: ${compared} operations compared.` : 'The contract is broken.',
  )
}

/** The operations of the emulated API. @param {Document} document */
function operationsOf(document) {
  return Object.entries(document.paths)
    .filter(([path]) => path.startsWith('/unified/'))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        name: `${method.toUpperCase()} ${path}`,
        document,
        path,
        method,
        operation,
      })),
    )
}

/** @param {Document} document @param {Operation} operation */
function parametersOf(document, { parameters = [] }) {
  return Object.fromEntries(
    parameters.map(({ name, in: place, required = false, schema }) => [
      name,
      { place, required, shape: shapeOf(document, schema) },
    ]),
  )
}

/** @param {Document} document @param {Operation} operation */
const bodyOf = (document, { requestBody }) => contentOf(document, requestBody)

/** The answer to a call that succeeds. @param {Document} document @param {Operation} operation */
const answerOf = (document, { responses }) => contentOf(document, responses[200] ?? responses[201])

/** @param {Document} document @param {Part | undefined} part */
function contentOf(document, part) {
  const schema = part?.content?.['application/json']?.schema
  return schema === undefined ? null : shapeOf(document, schema)
}

/**
 * The shape of a schema, however it is written: with `nullable`, a list of types, `$ref`, `allOf` or `oneOf`.
 *
 * @param {Document} document
 * @param {Schema} schema
 * @returns {Shape}
 */
function shapeOf(document, schema) {
  if (schema.$ref) {
    const name = schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)
    return shapeOf(document, /** @type {Schema} */ (document.components.schemas[name]))
  }
  const parts = [...(schema.allOf ?? []), ...(schema.oneOf ?? [])].map((part) => shapeOf(document, part))
  const types = [
    ...[schema.type ?? []].flat(),
    ...parts.flatMap((part) => part.types),
    ...(schema.nullable ? ['null'] : []),
  ]
  return {
    types: [...new Set(types)].sort(),
    values: schema.enum ? [...schema.enum].sort() : valuesOf(parts, schema),
    properties: Object.assign(
      {},
      ...parts.map((part) => part.properties),
      ...Object.entries(schema.properties ?? {}).map(([name, inner]) => ({ [name]: shapeOf(document, inner) })),
    ),
    items: schema.items && Object.keys(schema.items).length > 0 ? shapeOf(document, schema.items) : null,
  }
}

/**
 * The values that the parts of a schema take; null if any. A boolean beside a list of values is two more values.
 *
 * @param {Shape[]} parts
 * @param {Schema} schema
 */
function valuesOf(parts, { oneOf = [], nullable = false }) {
  const listed = parts.find((part) => part.values)?.values ?? null
  if (listed === null || !oneOf.some(({ type }) => type === 'boolean')) return listed
  return [true, false, ...listed, ...(nullable ? [null] : [])].sort()
}

/** @typedef {ReturnType<typeof parametersOf>} Parameters */

/** @param {Parameters} published @param {Parameters} ours */
function compareParameters(published, ours) {
  const missing = Object.keys(published).filter((name) => !(name in ours))
  const extra = Object.keys(ours).filter((name) => !(name in published))
  return [
    ...missing.map((name) => `parameter ${name} is missing`),
    ...extra.map((name) => `parameter ${name} is not published`),
    ...Object.entries(ours).flatMap(([name, { place, required, shape }]) => {
      const theirs = published[name]
      if (theirs === undefined) return []
      return [
        ...(theirs.place === place ? [] : [`parameter ${name} is in ${place}`]),
        ...(theirs.required === required ? [] : [`parameter ${name} is required: ${required}`]),
        ...compareShapes(`parameter ${name}`, theirs.shape, shape),
      ]
    }),
  ]
}

/** @param {string} place @param {Shape | null} published @param {Shape | null} ours @returns {string[]} */
function compareShapes(place, published, ours) {
  if (published === null || ours === null) return published === ours ? [] : [`${place} is on one side only`]
  const text = JSON.stringify
  const names = new Set([...Object.keys(published.properties), ...Object.keys(ours.properties)])
  return [
    ...(text(published.types) === text(ours.types)
      ? []
      : [`${place} is ${text(ours.types)}, published ${text(published.types)}`]),
    ...(text(published.values) === text(ours.values)
      ? []
      : [`${place} takes ${text(ours.values)}, published ${text(published.values)}`]),
    ...[...names].flatMap((name) => {
      const theirs = published.properties[name]
      const own = ours.properties[name]
      if (theirs === undefined) return [`${place}/${name} is not published`]
      if (own === undefined) return [`${place}/${name} is missing`]
      return compareShapes(`${place}/${name}`, theirs, own)
    }),
    ...(published.items || ours.items ? compareShapes(`${place}[]`, published.items, ours.items) : []),
  ]
}
