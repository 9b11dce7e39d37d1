'use strict'

// Sends each request of a .http file, in order, to a sandbox at URL, and compares its status with the one that the file
// says: node scripts/run-http-file.js FILE URL. It reads what examples/http uses of the format, and no more.

const { readFileSync } = require('node:fs')

const [file = '', url = ''] = process.argv.slice(2)

/**
 * A request of the file, which ends its title with the status: `### An order: 200`.
 *
 * @typedef {{ title: string, status: number, method: string, address: string, headers: Record<string, string>, body: string }} Request
 */

/** @param {string} text @returns {Request[]} */
function requestsOf(text) {
  const variables = new Map([...text.matchAll(/^@(\w+) = (.+)$/gm)].map(([, name, value]) => [name, value]))
  variables.set('url', url)
  const filled = text.replaceAll(/\{\{(\w+)\}\}/g, (_all, name) => {
    const value = variables.get(name)
    if (value === undefined) throw new Error(`${file} uses {{${name}}}, and does not set it.`)
    return value
  })
  return filled.split(/^### /m).slice(1).map(requestOf)
}

/** @param {string} part @returns {Request} */
function requestOf(part) {
  const [head = '', ...body] = part.trim().split('\n\n')
  const [title = '', line = '', ...headers] = head.split('\n')
  const [, status] = /: (\d{3})$/.exec(title) ?? []
  const [, method, address] = /^([A-Z]+) (\S+)$/.exec(line) ?? []
  if (status === undefined || method === undefined || address === undefined)
    throw new Error(`${file}: "${title}" needs a status at its end, and below it a method and an address.`)
  const pairs = headers.map((header) => /** @type {[string, string]} */ (header.split(': ', 2)))
  return { title, status: Number(status), method, address, headers: Object.fromEntries(pairs), body: body.join('\n\n') }
}

async function run() {
  const requests = requestsOf(readFileSync(file, 'utf8'))
  if (requests.length === 0) throw new Error(`${file} has no request.`)
  for (const { title, status, method, address, headers, body } of requests) {
    const response = await fetch(address, { method, headers, ...(body !== '' && { body }) })
    if (response.status !== status)
      throw new Error(`"${title}" got ${response.status}: ${(await response.text()).slice(0, 500)}`)
    await response.arrayBuffer()
  }
  console.log(`${requests.length} requests got the status that the file says.`)
}

run().catch((error) => {
  console.error(error.message)
  process.exitCode = 1
})
