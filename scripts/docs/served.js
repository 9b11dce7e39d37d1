'use strict'

// What a sandbox serves: its calls, as its routes describe themselves, and its metrics, as it tells them to Prometheus.

const { subscribe, unsubscribe } = require('node:diagnostics_channel')

/** @typedef {{ method: string, path: string, summary: string, answer: string }} Call */
/** @typedef {{ name: string, type: string, labels: string[], help: string }} Metric */

/** What a route answers with, as far as a table has room for it. @typedef {{ description?: string, properties?: object }} Shape */
/** @typedef {{ summary?: string, description?: string, deprecated?: boolean, response?: Record<string, Shape> }} RouteSchema */
/** @typedef {{ method: string | string[], url: string, schema?: RouteSchema }} Route */

/** More properties than this say little in the cell of a table. */
const mostProperties = 5

/** @returns {Promise<{ calls: Call[], metrics: Metric[] }>} */
exports.served = async function () {
  const { startSandbox } = require('../../dist')
  const routes = /** @type {Route[]} */ ([])
  // Fastify announces each server. The first is the sandbox's own.
  const listen = (/** @type {unknown} */ message) => {
    const { fastify } = /** @type {{ fastify: import('fastify').FastifyInstance }} */ (message)
    fastify.addHook('onRoute', (route) => {
      routes.push(/** @type {Route} */ (route))
    })
    unsubscribe('fastify.initialization', listen)
  }
  subscribe('fastify.initialization', listen)
  const sandbox = await startSandbox({ metrics: 'on' })
  try {
    return { calls: routes.flatMap(callsOf), metrics: await metricsOf(sandbox.url) }
  } finally {
    await sandbox.close()
  }
}

/** A route without a summary is part of a page, or leads to one. @param {Route} route @returns {Call[]} */
const callsOf = ({ method, url, schema = {} }) =>
  [method].flat().flatMap((method) => {
    if (schema.summary === undefined || method === 'HEAD') return []
    const path = url.replace(/:(\w+)/g, '{$1}')
    const summary = schema.deprecated ? `${schema.summary}. ${firstSentence(schema.description)}` : schema.summary
    return [{ method, path, summary, answer: answerOf(schema.response ?? {}) }]
  })

/** @param {string} [text] */
const firstSentence = (text = '') => text.split(/[.:] /, 1)[0]

/** What is answered when all goes well. @param {Record<string, Shape>} responses */
function answerOf(responses) {
  const [status, shape] = Object.entries(responses).find(([status]) => status.startsWith('2')) ?? []
  if (status === undefined || shape === undefined) return ''
  const properties = Object.keys(shape.properties ?? {})
  if (properties.length > 0 && properties.length <= mostProperties) return `${status} \`{${properties.join(', ')}}\``
  return status === '204' ? status : `${status}: ${firstSentence(shape.description)}`
}

/** @param {string} url @returns {Promise<Metric[]>} */
async function metricsOf(url) {
  // What is counted by labels is told once something has been counted.
  await (await fetch(`${url}/_sandbox/health`)).text()
  const text = await (await fetch(`${url}/metrics`)).text()
  const samples = [...text.matchAll(/^(sandbox_\w+?)(?:_bucket|_sum|_count)?\{(.*)\} /gm)]
  return [...text.matchAll(/^# HELP (sandbox_\w+) (.*)\n# TYPE \w+ (\w+)$/gm)].map(
    ([, name = '', help = '', type = '']) => {
      const labels = samples
        .filter(([, of]) => of === name)
        .flatMap(([, , labels = '']) => [...labels.matchAll(/(\w+)="/g)].map(([, label = '']) => label))
      return { name, type, labels: [...new Set(labels)].filter((label) => label !== 'le'), help }
    },
  )
}
