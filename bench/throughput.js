'use strict'

const { load } = require('./load')
const { lookOn } = require('./look-on')
const { summary } = require('./median')
const { order, orderWithId } = require('./order')
const { progress } = require('./progress')
const { inRounds } = require('./rounds')
const { startServer } = require('./running-server')
const { servers } = require('./servers')

/** @typedef {{ server: import('./servers').ServerKind, body: object, inspectors?: number }} Case */
/** @typedef {{ name: string } & import('./median').Summary<import('./load').LoadResult & { rssMiB: number }>} Row */
/** @typedef {Record<keyof typeof cases, Row>} Throughput */

/** What is measured, keyed as in the results. @satisfies {Record<string, Case>} */
const cases = {
  echo: { server: servers.echo, body: order },
  minimal: { server: servers.minimal, body: order },
  logged: { server: servers.logged, body: order },
  standard: { server: servers.standard, body: order },
  warn: { server: servers.warn, body: order },
  inspected: { server: { ...servers.standard, name: 'sandbox, three inspectors open' }, body: order, inspectors: 3 },
  noJournal: { server: servers.noJournal, body: order },
  stateFile: { server: servers.stateFile, body: order },
  webhooks: { server: servers.webhooks, body: order },
  minimalRepeat: { server: servers.minimal, body: orderWithId },
  standardRepeat: { server: servers.standard, body: orderWithId },
}

/**
 * Throughput, latency and memory. Each measurement has a new process, or orders of earlier rounds would slow down later
 * ones.
 *
 * @param {{ rounds: number, warmUpSeconds: number, seconds: number }} plan
 * @param {string[]} pinned
 * @returns {Promise<Throughput>}
 */
exports.measureThroughput = async function ({ rounds, warmUpSeconds, seconds }, pinned) {
  const keys = /** @type {(keyof typeof cases)[]} */ (Object.keys(cases))
  const measured = await inRounds(keys, rounds, async (key, round) => {
    /** @type {Case} */
    const { server, body, inspectors = 0 } = cases[key]
    const running = await startServer(server, pinned)
    const leave = await lookOn(running.url, inspectors)
    await load(running.url, { body, seconds: warmUpSeconds })
    const result = { ...(await load(running.url, { body, seconds })), rssMiB: running.rssMiB() }
    leave()
    await running.stop()
    progress(`throughput ${round + 1}/${rounds}: ${nameOf(cases[key])}: ${Math.round(result.perSecond)} orders/s`)
    return result
  })
  const rows = [...measured].map(([key, results]) => [key, { name: nameOf(cases[key]), ...summary(results) }])
  return /** @type {Throughput} */ (Object.fromEntries(rows))
}

/** @param {Case} measured */
const nameOf = ({ server, body }) => (body === orderWithId ? `${server.name}, repeats` : server.name)
