#!/usr/bin/env node
'use strict'
// Holds the OpenAPI document against a tool that lives off such documents: Prism starts from it, answers each
// operation's documented request with an answer that keeps to its schema, and refuses a wrong one. And every example of
// the document keeps to its schema.
const { spawn } = require('node:child_process')
const { mkdtempSync, rmSync, writeFileSync } = require('node:fs')
const { tmpdir } = require('node:os')
const { join } = require('node:path')
const { default: Ajv } = require('ajv/dist/2020')
const { default: addFormats } = require('ajv-formats')
const { startSandbox } = require('../dist/src/index.js')
const { steadyPort } = require('./steady-port')

/** It wants a newer Node than the sandbox supports. */
const packages = ['node@24', '@stoplight/prism-cli@5.16.0']
const patience = 180_000
/** What Prism takes without a word when it is started from the published document. */
const wrongOrder = '{"candidate":{"emails":"x"}}'
const folder = mkdtempSync(join(tmpdir(), 'openapi-'))
const problems = []

const json = 'application/json'
const pointer = (...parts) =>
  parts.map((part) => `/${encodeURIComponent(String(part).replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('')

main().catch((error) => {
  console.error(error.message)
  process.exitCode = 1
})

async function main() {
  const sandbox = await startSandbox()
  const document = await (await fetch(`${sandbox.url}/openapi.json`)).json()
  await sandbox.close()
  const violations = validatorFor(document)

  const examples = checkExamples(document, violations)
  console.log(`- ${examples} examples compared with their schemas`)

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
  console.log(process.exitCode === 0 ? 'Prism gets along with the document.' : 'The document is wrong.')
}

/** A function that tells what a value violates of the schema at a place of the document; empty when nothing. */
function validatorFor(document) {
  const ajv = new Ajv({ strict: false, allErrors: true })
  addFormats(ajv)
  ajv.addSchema(document, 'document')
  return (place, value) => {
    const validate = ajv.compile({ $ref: `document#${place}` })
    return validate(value) ? '' : ajv.errorsText(validate.errors)
  }
}

function checkExamples(document, violations) {
  let checked = 0
  const check = (place, value) => {
    checked++
    const found = violations(place, value)
    if (found !== '') problems.push(`the example of ${decodeURIComponent(place)}: ${found}`)
  }
  const walk = (value, place) => {
    if (typeof value !== 'object' || value === null) return
    if (typeof value.schema === 'object') {
      const examples = [value.example, ...Object.values(value.examples ?? {}).map((example) => example.value)]
      for (const example of examples) if (example !== undefined) check(`${place}/schema`, example)
    }
    if (Array.isArray(value.examples)) for (const example of value.examples) check(place, example)
    for (const [name, inner] of Object.entries(value)) {
      if (name !== 'example' && name !== 'examples') walk(inner, place + pointer(name))
    }
  }
  walk(document.paths, '/paths')
  walk(document.components, '/components')
  return checked
}

async function startPrism(file) {
  const port = await steadyPort()
  const url = `http://127.0.0.1:${port}`
  const command = `prism mock --host 127.0.0.1 --port ${port} '${file}'`
  console.log(`- starting Prism (${packages.join(', ')})`)
  // A group of its own, so that all of it can be ended.
  const child = spawn('npx', ['--yes', ...packages.flatMap((name) => ['--package', name]), '--call', command], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stop = () => {
    try {
      process.kill(-child.pid, 'SIGKILL')
    } catch {
      // It has ended by itself.
    }
  }
  process.once('exit', stop)
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))

  let output = ''
  await new Promise((resolve, reject) => {
    const fail = (why) => reject(new Error(`Prism ${why}:\n${output}`))
    const timer = setTimeout(fail, patience, `did not start within ${patience / 1000} seconds`)
    child.once('exit', (code) => fail(`ended with ${code}`))
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk
        if (!output.includes(`Prism is listening on ${url}`)) return
        clearTimeout(timer)
        resolve()
      })
    }
  }).catch((error) => {
    stop()
    throw error
  })
  console.log(`- Prism listens on ${url}`)
  return { url, stop }
}

async function checkOperations(document, url, violations) {
  let refused = 0
  let answered = 0
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const name = `${method.toUpperCase()} ${path}`
      const { address, headers } = requestFor(url, path, operation)
      const send = (body) =>
        fetch(address, {
          method: method.toUpperCase(),
          headers: { ...headers, ...(body !== undefined && { 'content-type': json }) },
          body,
          signal: AbortSignal.timeout(10_000),
        })
      const media = operation.requestBody?.content[json]
      const answer = await send(media && JSON.stringify(media.example))
      const text = await answer.text()
      const documented = operation.responses[answer.status]
      if (!answer.ok || documented === undefined) {
        problems.push(`${name}: Prism answers the documented request with ${answer.status} ${text.slice(0, 500)}`)
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
  console.log(`- ${answered} operations called, ${refused} of them with a wrong body too`)
  if (answered < 30 || refused < 10) problems.push('too little was called')
}

/** The documented request, with all that is optional. */
function requestFor(url, path, { parameters = [], security }) {
  const address = new URL(url + path)
  const headers = security.some((scheme) => 'basic' in scheme) ? { authorization: `Basic ${btoa('sandbox:')}` } : {}
  for (const { in: place, name, schema, example = schema.examples?.[0], examples } of parameters) {
    if (place === 'path')
      address.pathname = address.pathname.replace(encodeURI(`{${name}}`), encodeURIComponent(example))
    if (place === 'header') headers[name] = example
    if (place === 'query' && examples === undefined) address.searchParams.set(name, example)
    for (const [property, value] of Object.entries(examples?.some.value ?? {}))
      address.searchParams.set(`${name}[${property}]`, value)
  }
  return { address, headers }
}
