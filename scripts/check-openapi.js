#!/usr/bin/env node
'use strict'
// Tries the OpenAPI document with Prism: it must start from the document, answer each operation's documented request
// with a response that conforms to the schema, and refuse wrong ones. Every example in the document must conform to its
// schema too.
const { spawn } = require('node:child_process')
const { mkdtempSync, rmSync, writeFileSync } = require('node:fs')
const { tmpdir } = require('node:os')
const { join } = require('node:path')
const { default: Ajv } = require('ajv/dist/2020')
const { default: addFormats } = require('ajv-formats')
const { startSandbox } = require('../dist/index.js')
const { steadyPort } = require('./steady-port')

/**
 * @typedef {object} Document
 * @property {Record<string, Record<string, Operation>>} paths
 * @property {object} components
 */

/**
 * @typedef {object} Operation
 * @property {Parameter[]} [parameters]
 * @property {object[]} security
 * @property {{ content: Record<string, { example: unknown }> }} [requestBody]
 * @property {Record<string, { content?: Record<string, object> }>} responses
 * @property {string} [x-operation]
 */

/**
 * @typedef {object} Parameter
 * @property {string} in
 * @property {string} name
 * @property {{ examples?: unknown[] }} schema
 * @property {unknown} [example]
 * @property {{ some: { value: Record<string, string> } }} [examples]
 */

/** @typedef {ReturnType<typeof validatorFor>} Violations */

/** Prism needs a newer Node than the oldest that the sandbox supports. */
const packages = ['node@24', '@stoplight/prism-cli@5.16.0']
const patience = 180_000
/** Prism accepts this silently when it is started from the published document. */
const wrongOrder = '{"candidate":{"emails":"x"}}'
const folder = mkdtempSync(join(tmpdir(), 'openapi-'))
/** @type {string[]} */
const problems = []

const json = 'application/json'
const pointer = (/** @type {(string | number)[]} */ ...parts) =>
  parts.map((part) => `/${encodeURIComponent(String(part).replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('')

main().catch((error) => {
  console.error(error.message)
  process.exitCode = 1
})

async function main() {
  const sandbox = await startSandbox()
  const document = /** @type {Document} */ (await (await fetch(`${sandbox.url}/openapi.json`)).json())
  await sandbox.close()
  const violations = validatorFor(document)

  const examples = checkExamples(document, violations)
  console.log(`- ${examples} examples checked against their schemas`)

  const file = join(folder, 'openapi.json')
  writeFileSync(file, JSON.stringify(document))
  const prism = await startPrism(file)
  try {
    await checkOperations(document, prism.url, violations)
  } finally {
    prism.stop()
    rmSync(folder, { recursive: true })
  }
  for (const problem of problems) console.error(`wrong: ${problem}`)
  process.exitCode = problems.length > 0 ? 1 : 0
  console.log(process.exitCode === 0 ? 'The document works with Prism.' : 'The document is wrong.')
}

/**
 * A function that says how a value violates the schema at a place in the document; empty if it conforms.
 *
 * @param {Document} document
 */
function validatorFor(document) {
  const ajv = new Ajv({ strict: false, allErrors: true })
  addFormats(ajv)
  ajv.addSchema(document, 'document')
  return (/** @type {string} */ place, /** @type {unknown} */ value) => {
    const validate = ajv.compile({ $ref: `document#${place}` })
    return validate(value) ? '' : ajv.errorsText(validate.errors)
  }
}

/** @param {Document} document @param {Violations} violations */
function checkExamples(document, violations) {
  let checked = 0
  const check = (/** @type {string} */ place, /** @type {unknown} */ value) => {
    checked++
    const found = violations(place, value)
    if (found !== '') problems.push(`the example of ${decodeURIComponent(place)}: ${found}`)
  }
  const walk = (/** @type {unknown} */ value, /** @type {string} */ place) => {
    if (typeof value !== 'object' || value === null) return
    /** @type {{ schema?: unknown, example?: unknown, examples?: Record<string, { value?: unknown }> }} */
    const { schema, example: single, examples = {} } = value
    if (typeof schema === 'object') {
      const all = [single, ...Object.values(examples).map((example) => example.value)]
      for (const example of all) if (example !== undefined) check(`${place}/schema`, example)
    }
    if (Array.isArray(examples)) for (const example of examples) check(place, example)
    for (const [name, inner] of Object.entries(value)) {
      if (name !== 'example' && name !== 'examples') walk(inner, place + pointer(name))
    }
  }
  walk(document.paths, '/paths')
  walk(document.components, '/components')
  return checked
}

/** @param {string} file */
async function startPrism(file) {
  const port = await steadyPort()
  const url = `http://127.0.0.1:${port}`
  const command = `prism mock --host 127.0.0.1 --port ${port} '${file}'`
  console.log(`- starting Prism (${packages.join(', ')})`)
  // A separate process group, so that all of it can be killed.
  const child = spawn('npx', ['--yes', ...packages.flatMap((name) => ['--package', name]), '--call', command], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stop = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    } catch {
      // It has already ended.
    }
  }
  process.once('exit', stop)
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))

  let output = ''
  await new Promise((resolve, reject) => {
    const fail = (/** @type {string} */ why) => reject(new Error(`Prism ${why}:\n${output}`))
    const timer = setTimeout(fail, patience, `did not start within ${patience / 1000} seconds`)
    child.once('exit', (code) => fail(`ended with ${code}`))
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk
        if (!output.includes(`Prism is listening on ${url}`)) return
        clearTimeout(timer)
        resolve(undefined)
      })
    }
  }).catch((error) => {
    stop()
    throw error
  })
  console.log(`- Prism listens on ${url}`)
  return { url, stop }
}

/** @param {Document} document @param {string} url @param {Violations} violations */
async function checkOperations(document, url, violations) {
  let refused = 0
  let answered = 0
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const name = `${method.toUpperCase()} ${path}`
      const { address, headers } = requestFor(url, path, operation)
      const send = (/** @type {string | undefined} */ body) =>
        fetch(address, {
          method: method.toUpperCase(),
          headers: { ...headers, ...(body !== undefined && { 'content-type': json }) },
          body: body ?? null,
          signal: AbortSignal.timeout(10_000),
        })
      const media = operation.requestBody?.content[json]
      const answer = await send(media && JSON.stringify(media.example))
      const text = await answer.text()
      const documented = operation.responses[answer.status]
      if (!answer.ok || documented === undefined) {
        problems.push(`${name}: the documented request gets ${answer.status} ${text.slice(0, 500)}`)
        continue
      }
      answered++
      if (documented.content?.[json]) {
        const place = pointer('paths', path, method, 'responses', answer.status, 'content', json, 'schema')
        const found = violations(place, JSON.parse(text))
        if (found !== '') problems.push(`${name}: ${found}`)
      }
      if (media === undefined) continue
      for (const wrong of ['[]', ...(operation['x-operation'] === 'orders.create' ? [wrongOrder] : [])]) {
        const refusal = await send(wrong)
        await refusal.text()
        if (refusal.status < 400 || refusal.status >= 500) problems.push(`${name}: ${wrong} gets ${refusal.status}`)
      }
      refused++
    }
  }
  console.log(`- ${answered} operations called, ${refused} of them also with a wrong body`)
  if (answered < 30 || refused < 10) problems.push('too little was called')
}

/**
 * The documented request, including everything optional.
 *
 * @param {string} url
 * @param {string} path
 * @param {Operation} operation
 */
function requestFor(url, path, { parameters = [], security }) {
  const address = new URL(url + path)
  /** @type {Record<string, string>} */
  const headers = security.some((scheme) => 'basic' in scheme) ? { authorization: `Basic ${btoa('sandbox:')}` } : {}
  for (const { in: place, name, schema, example = schema.examples?.[0], examples } of parameters) {
    const text = String(example)
    if (place === 'path') address.pathname = address.pathname.replace(encodeURI(`{${name}}`), encodeURIComponent(text))
    if (place === 'header') headers[name] = text
    if (place === 'query' && examples === undefined) address.searchParams.set(name, text)
    for (const [property, value] of Object.entries(examples?.some.value ?? {}))
      address.searchParams.set(`${name}[${property}]`, value)
  }
  return { address, headers }
}
