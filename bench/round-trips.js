'use strict'

const { setTimeout: sleep } = require('node:timers/promises')
const { assessments, headersOf, httpCalls } = require('../scripts/http-calls')
const { redisServer, startRedis } = require('../scripts/redis-server')
const { startCountingProxy } = require('./counting-proxy')
const { median } = require('./median')
const { order } = require('./order')
const { progress } = require('./progress')
const { startServer } = require('./running-server')
const { servers } = require('./servers')

/** Milliseconds by which Redis's answers are delayed, far more than a call takes otherwise. */
const delay = 10
/** Milliseconds after which everything that a call triggers has been written. */
const aftermath = 150
const patience = 5_000

/** @typedef {import('../scripts/http-calls').Call} Call */
/** @typedef {(i: number) => Call | Promise<Call>} Operation */
/** @typedef {Record<string, { before: number, inAll: number }>} RoundTrips */

/**
 * The number of round trips to Redis of each operation: before its answer, and in all, including what is written
 * afterwards (the journal, deliveries). Background traffic is in neither, since the median of several calls counts.
 * Null without Redis.
 *
 * @param {{ calls: number }} plan
 * @returns {Promise<RoundTrips | null>}
 */
exports.measureRoundTrips = async function ({ calls }) {
  if (redisServer === undefined) return null
  const redis = await startRedis()
  const proxy = await startCountingProxy(redis.port, delay)
  const running = await startServer(servers.standard, [], { SANDBOX_STORE: `redis://127.0.0.1:${proxy.port}` })
  const http = httpCalls({ patience })
  const ask = async (/** @type {Call} */ call) => {
    const outcome = await http.call({ ...call, url: running.url + call.url })
    if (outcome.status === undefined || outcome.status > 299) {
      throw new Error(`${call.method} ${call.url}: ${outcome.broken ?? `${outcome.status} ${outcome.text}`}`)
    }
    return outcome
  }

  /** @param {Operation} operation */
  async function count(operation) {
    const counts = []
    for (let i = 0; i < calls; i++) {
      const call = await operation(i)
      await sleep(aftermath)
      const { begin, end } = await ask(call)
      await sleep(aftermath)
      const own = proxy.roundTrips.filter((each) => each.begin >= begin)
      counts.push({ before: own.filter((each) => each.end <= end).length, inAll: own.length })
    }
    return { before: median(counts.map(({ before }) => before)), inAll: median(counts.map(({ inAll }) => inAll)) }
  }

  /** @type {RoundTrips} */
  const result = {}
  for (const [name, operation] of Object.entries(operationsFor(ask))) {
    const { before, inAll } = (result[name] = await count(operation))
    progress(`round trips: ${name}: ${before} before the answer, ${inAll} in all`)
  }
  http.close()
  await running.stop()
  proxy.close()
  await redis.remove()
  return result
}

/**
 * Each function returns the call to be counted, after creating what it needs.
 *
 * @param {(call: Call) => Promise<import('../scripts/http-calls').Outcome>} ask
 * @returns {Record<string, Operation>}
 */
function operationsFor(ask) {
  let orders = 0
  /** @param {string} method @param {string} path @param {unknown} [body] */
  const api = (method, path, body, account = 'acme') => ({
    method,
    url: assessments + path,
    headers: headersOf(account),
    body,
  })
  /** @param {string} [account] */
  const toPlace = (account) => api('POST', '/orders', { ...order, id: `order-${++orders}` }, account)
  const result = { score: { value: '92' }, result: { value: 'passed' } }

  /** @returns {Promise<{ call: Call, id: string, test_url: string }>} */
  async function placed() {
    const call = toPlace()
    return { call, ...JSON.parse((await ask(call)).text) }
  }
  const pathOf = (/** @type {{ test_url: string }} */ { test_url }) => new URL(test_url).pathname

  return {
    'orders.create': () => toPlace(),
    'orders.create, with a webhook': async (i) => {
      const webhook = { url: 'http://127.0.0.1:9/down', secret: 'whsec_1' }
      if (i === 0) await ask({ method: 'POST', url: '/_sandbox/webhooks?account=globex', body: webhook })
      return toPlace('globex')
    },
    'orders.create, repeated': async () => (await placed()).call,
    'orders.get': async () => api('GET', `/orders/${(await placed()).id}`),
    'results.update': async () => api('PATCH', `/orders/${(await placed()).id}/result`, result),
    'results.get': async () => {
      const { id } = await placed()
      await ask(api('PATCH', `/orders/${id}/result`, result))
      return api('GET', `/orders/${id}/results`)
    },
    'packages.list': () => api('GET', '/packages'),
    'packages.get': () => api('GET', '/packages/pkg_sql_queries'),
    'opening a test': async () => ({ method: 'GET', url: pathOf(await placed()) }),
    'GET /_sandbox/orders': () => ({ method: 'GET', url: '/_sandbox/orders?limit=20' }),
  }
}
