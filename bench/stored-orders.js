'use strict'

const { load } = require('./load')
const { summary } = require('./median')
const { order, orderWithId } = require('./order')
const { progress } = require('./progress')
const { inRounds } = require('./rounds')
const { startServer } = require('./running-server')
const { servers } = require('./servers')

/** Orders after which a new server has reached its full speed: after 5,000 its p99 is still a third higher. */
const warmUpOrders = 20_000

/** @typedef {{ rssMiB: number, rssMiBWhenEmpty?: number, bytesPerOrder?: number }} Memory */
/** @typedef {import('./median').Summary<import('./load').LoadResult> & Memory} StoredRow */
/** @typedef {Record<number, StoredRow> & { 0: StoredRow }} StoredOrders */
/** @typedef {Awaited<ReturnType<typeof startFilled>>} Filled */

/**
 * Latency and memory with many stored orders, beside the latency with none. The empty server is a new one each round,
 * or it would not stay empty; the others are filled once and grow by `amount` per round.
 *
 * @param {{ stages: number[], storedRounds: number, warmUpSeconds: number, amount: number }} plan
 * @param {string[]} pinned
 * @returns {Promise<StoredOrders>}
 */
async function measureStoredOrders({ stages, storedRounds, warmUpSeconds, amount }, pinned) {
  /** @type {Map<number, Filled>} */
  const filled = new Map()
  for (const stage of stages) filled.set(stage, await startFilled(stage, warmUpSeconds, pinned))

  const largest = /** @type {Filled} */ (filled.get(Math.max(...stages)))
  const whenEmpty = { rssMiB: largest.memory.rssMiBWhenEmpty }

  const measured = await inRounds([0, ...stages], storedRounds, async (stage, round) => {
    const running = filled.get(stage)?.running ?? (await startEmpty(warmUpSeconds, pinned))
    const result = await load(running.url, { body: order, amount })
    if (!filled.has(stage)) await running.stop()
    progress(`latency ${round + 1}/${storedRounds} with ${stage} orders: p99 ${result.p99.toFixed(2)} ms`)
    return result
  })

  for (const { running } of filled.values()) await running.stop()
  const rows = [...measured].map(([stage, results]) => [
    stage,
    { ...summary(results), ...(filled.get(stage)?.memory ?? whenEmpty) },
  ])
  return /** @type {StoredOrders} */ (Object.fromEntries(rows))
}

/** @param {number} warmUpSeconds @param {string[]} pinned */
async function startEmpty(warmUpSeconds, pinned) {
  const running = await startWarm(warmUpSeconds, pinned)
  await load(running.url, { body: order, amount: warmUpOrders })
  return running
}

/** @param {number} stage @param {number} warmUpSeconds @param {string[]} pinned */
async function startFilled(stage, warmUpSeconds, pinned) {
  progress(`storing ${stage} orders`)
  const running = await startWarm(warmUpSeconds, pinned)
  const before = running.rssMiB()
  await load(running.url, { body: order, amount: stage })
  const rssMiB = running.rssMiB()
  const bytesPerOrder = ((rssMiB - before) * 1024 * 1024) / stage
  progress(`${stage} orders take ${Math.round(bytesPerOrder)} bytes each`)
  return { running, memory: { rssMiB, rssMiBWhenEmpty: before, bytesPerOrder } }
}

/**
 * Warms the server up with repeats of one order, which leave it almost empty.
 *
 * @param {number} warmUpSeconds
 * @param {string[]} pinned
 */
async function startWarm(warmUpSeconds, pinned) {
  const running = await startServer(servers.warn, pinned, {
    SANDBOX_MAX_ORDERS: '2000000',
    SANDBOX_MAX_ORDER_BYTES: '4000000000',
  })
  await load(running.url, { body: orderWithId, seconds: warmUpSeconds })
  return running
}

module.exports = { warmUpOrders, measureStoredOrders }
