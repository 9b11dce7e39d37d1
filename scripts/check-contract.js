#!/usr/bin/env node
'use strict'
// Holds the OpenAPI document of the running sandbox against those that StackOne published, the newest first: operations, parameters, properties,
// types, nullability and closed value lists, in both directions. What differs on purpose is listed below, with why.
const { readFileSync } = require('node:fs')
const { startSandbox } = require('../dist/src/index.js')

/** @typedef {{ types: string[], values: unknown[] | null, properties: Record<string, Shape>, items: Shape | null }} Shape */

/** The reads that StackOne has withdrawn, for what holds of both: the older file alone has them. */
const withdrawn = (difference) =>
  ['GET /unified/ats/assessments/orders/{id}', 'GET /unified/ats/assessments/orders/{id}/results'].map(
    (operation) => `${operation}: ${difference}`,
  )

const kinds = (place) =>
  `${place}[]/content_type/value takes [null,"other","pdf","text","unmapped_value","video"], published [null,"text","unmapped_value"]`

const rawBefore = { body: '["null","string"]', response: '["null","object"]' }

const onPurpose = new Set([
  // Published on every operation since the withdrawn reads left the document, and taken by them too.
  ...withdrawn('parameter Prefer is not published'),
  // The shapes of `raw`, the results and the kinds of attachments are wider in the document of today: a result that was
  // reported as it allows has to be read as well.
  ...['body', 'response'].flatMap((part) =>
    withdrawn(`answer/raw[]/${part} is ["array","null","object","string"], published ${rawBefore[part]}`),
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

/** @param {readonly object[]} documents The published ones, the newest first: the first that has an operation counts. */
async function compare(documents) {
  const sandbox = await startSandbox()
  const ours = await (await fetch(`${sandbox.url}/openapi.json`)).json()
  const differences = []
  let compared = 0

  const publishedIn = (path, method) => documents.find((document) => document.paths[path]?.[method])
  for (const [path, method] of operationsOf(ours)) {
    if (!publishedIn(path, method)) differences.push(`${method.toUpperCase()} ${path} is not published`)
  }
  const all = new Map(documents.flatMap(operationsOf).map((operation) => [operation.join(' '), operation]))
  for (const [path, method] of all.values()) {
    const published = publishedIn(path, method)
    const name = `${method.toUpperCase()} ${path}`
    const operation = ours.paths[path]?.[method]
    if (operation === undefined) {
      const { status } = await fetch(sandbox.url + path.replaceAll(/\{\w+\}/g, 'order-1'), {
        method: method.toUpperCase(),
      })
      if (status !== 501) differences.push(`${name} is neither emulated nor answered with 501, but with ${status}`)
      else console.log(`- ${name}: not emulated, answered with 501`)
      continue
    }
    const found = [
      ...compareParameters(parametersOf(published, path, method), parametersOf(ours, path, method)),
      ...compareShapes('body', bodyOf(published, path, method), bodyOf(ours, path, method)),
      ...compareShapes('answer', answerOf(published, path, method), answerOf(ours, path, method)),
      ...Object.keys(published.paths[path][method].responses)
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
  for (const difference of stale) console.error(`listed as on purpose, but does not differ: ${difference}`)
  if (compared === 0) console.error('nothing was compared')
  process.exitCode = mistakes.length + stale.length > 0 || compared === 0 ? 1 : 0
  console.log(
    process.exitCode === 0 ? `The contract is kept: ${compared} operations compared.` : 'The contract is broken.',
  )
}

/** The operations of the emulated API. */
function operationsOf(document) {
  return Object.entries(document.paths)
    .filter(([path]) => path.startsWith('/unified/'))
    .flatMap(([path, methods]) => Object.keys(methods).map((method) => [path, method]))
}

function parametersOf(document, path, method) {
  const parameters = document.paths[path][method].parameters ?? []
  return Object.fromEntries(
    parameters.map(({ name, in: place, required = false, schema }) => [
      name,
      { place, required, shape: shapeOf(document, schema) },
    ]),
  )
}

const bodyOf = (document, path, method) => contentOf(document, document.paths[path][method].requestBody)
const answerOf = (document, path, method) => contentOf(document, document.paths[path][method].responses[200])

function contentOf(document, part) {
  const schema = part?.content?.['application/json']?.schema
  return schema === undefined ? null : shapeOf(document, schema)
}

/** What a schema asks for, however it is written: `nullable`, a list of types, `$ref`, `allOf` or `oneOf`. @returns {Shape} */
function shapeOf(document, schema) {
  if (schema.$ref) return shapeOf(document, document.components.schemas[schema.$ref.split('/').at(-1)])
  const parts = [...(schema.allOf ?? []), ...(schema.oneOf ?? [])].map((part) => shapeOf(document, part))
  const types = [
    ...[schema.type ?? []].flat(),
    ...parts.flatMap((part) => part.types),
    ...(schema.nullable ? ['null'] : []),
  ]
  return {
    types: [...new Set(types)].sort(),
    values: schema.enum ? [...schema.enum].sort() : (parts.find((part) => part.values)?.values ?? null),
    properties: Object.assign(
      {},
      ...parts.map((part) => part.properties),
      ...Object.entries(schema.properties ?? {}).map(([name, inner]) => ({ [name]: shapeOf(document, inner) })),
    ),
    items: schema.items && Object.keys(schema.items).length > 0 ? shapeOf(document, schema.items) : null,
  }
}

function compareParameters(published, ours) {
  const missing = Object.keys(published).filter((name) => !(name in ours))
  const extra = Object.keys(ours).filter((name) => !(name in published))
  const both = Object.keys(ours).filter((name) => name in published)
  return [
    ...missing.map((name) => `parameter ${name} is missing`),
    ...extra.map((name) => `parameter ${name} is not published`),
    ...both.flatMap((name) => [
      ...(published[name].place === ours[name].place ? [] : [`parameter ${name} is in ${ours[name].place}`]),
      ...(published[name].required === ours[name].required
        ? []
        : [`parameter ${name} is required: ${ours[name].required}`]),
      ...compareShapes(`parameter ${name}`, published[name].shape, ours[name].shape),
    ]),
  ]
}

/** @param {Shape | null} published @param {Shape | null} ours @returns {string[]} */
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
      if (!(name in published.properties)) return [`${place}/${name} is not published`]
      if (!(name in ours.properties)) return [`${place}/${name} is missing`]
      return compareShapes(`${place}/${name}`, published.properties[name], ours.properties[name])
    }),
    ...(published.items || ours.items ? compareShapes(`${place}[]`, published.items, ours.items) : []),
  ]
}
