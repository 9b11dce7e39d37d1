'use strict'

const { mkdirSync, writeFileSync } = require('node:fs')
const { join } = require('node:path')
const { default: Ajv, _ } = require('ajv')
const { default: standaloneCode } = require('ajv/dist/standalone')
const fastJsonStringify = require('fast-json-stringify')

const prefix = '/unified/ats'

/** What Fastify passes to a compiler. @typedef {Parameters<typeof import('../../src/validation/compilers').partOf>[0] & { schema: object }} Place */

/**
 * Writes a file to `folder` for each schema of the emulated API: a function that takes the formats and returns a
 * validator or a serializer. So the first call of each operation need not wait for a compiler, nor load one. Resolves
 * with their names, by the part that each is for.
 *
 * @param {string} root
 * @param {string} folder
 * @returns {Promise<Map<string, string>>}
 */
exports.precompile = async function (root, folder) {
  const { partOf } = require(join(root, 'build/src/validation/compilers.js'))
  const { bodies, answers } = await places(root)
  mkdirSync(folder, { recursive: true })
  const names = new Map()
  /** The file of each schema: routes share some. @type {Map<object, string>} */
  const files = new Map()
  for (const [some, compile] of /** @type {const} */ ([
    [bodies, validator],
    [answers, serializer],
  ])) {
    for (const place of some) {
      const part = partOf(place)
      if (names.has(part)) continue
      const shared = files.get(place.schema)
      const name =
        shared ??
        part
          .replace(prefix, '')
          .toLowerCase()
          .replace(/[\W_]+/g, '-')
      names.set(part, name)
      if (shared !== undefined) continue
      files.set(place.schema, name)
      writeFileSync(join(folder, `${name}.js`), `module.exports = (formats) => {\n${compile(root, place)}\n}\n`)
    }
  }
  return names
}

/**
 * What the routes of the emulated API ask to have compiled.
 *
 * @param {string} root
 */
async function places(root) {
  const compilers = require(join(root, 'build/src/validation/compilers.js'))
  const { buildValidator, buildSerializer } = compilers
  const bodies = /** @type {Place[]} */ ([])
  const answers = /** @type {Place[]} */ ([])
  const keep = (/** @type {Place[]} */ all) => () => (/** @type {Place} */ place) => {
    if (place.url?.startsWith(prefix)) all.push(place)
    return () => ''
  }
  Object.assign(compilers, { buildValidator: keep(bodies), buildSerializer: keep(answers) })
  const sandbox = await require(join(root, 'build/src/index.js')).startSandbox()
  await sandbox.close()
  Object.assign(compilers, { buildValidator, buildSerializer })
  if (bodies.length === 0 || answers.length === 0) throw new Error('Found no schema to compile: what has changed?')
  return { bodies, answers }
}

/** @param {string} root @param {Place} place */
function validator(root, { schema, httpPart }) {
  const { strict } = require(join(root, 'build/src/validation/compile.js'))
  const { formats } = require(join(root, 'build/src/validation/formats.js'))
  const options = strict(httpPart === 'body' ? 'body' : 'text')
  const ajv = new Ajv({ ...options, formats, code: { source: true, formats: _`formats` } })
  return inFunction(standaloneCode(ajv, ajv.compile(schema)))
}

/** @param {string} _root @param {Place} place */
const serializer = (_root, { schema }) => inFunction(String(fastJsonStringify(schema, { mode: 'standalone' })))

/** @param {string} code Of a module. */
const inFunction = (code) => `const module = { exports: {} }\n${code}\nreturn module.exports`
