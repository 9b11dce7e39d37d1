'use strict'

const { redisServer, startRedis } = require('../scripts/redis-server')
const { load } = require('./load')
const { summary } = require('./median')
const { order } = require('./order')
const { progress } = require('./progress')
const { inRounds } = require('./rounds')
const { startServer } = require('./running-server')
const { servers } = require('./servers')

/** What is measured, keyed as in the results. */
const cases = {
  memory: { name: 'memory', replicas: 1, isShared: false },
  redis: { name: 'Redis, one replica', replicas: 1, isShared: true },
  redisTwo: { name: 'Redis, two replicas', replicas: 2, isShared: true },
}

/** @typedef {import('./load').LoadResult & { rssMiB: number, firstAnswerMs: number }} Round */
/** @typedef {Record<keyof typeof cases, { name: string } & import('./median').Summary<Round>>} Stores */

/**
 * Compares the stores, each time with a new Redis and new processes. Call it while nothing is pinned to a core, since
 * there are more processes than a small machine has cores. Null without Redis.
 *
 * @param {{ rounds: number, warmUpSeconds: number, seconds: number }} plan
 * @returns {Promise<Stores | null>}
 */
exports.measureStores = async function ({ rounds, warmUpSeconds, seconds }) {
  if (redisServer === undefined) return null
  const keys = /** @type {(keyof typeof cases)[]} */ (Object.keys(cases))
  const measured = await inRounds(keys, rounds, async (key, round) => {
    const { name, replicas, isShared } = cases[key]
    const redis = isShared ? await startRedis() : null
    const env = { SANDBOX_STORE: redis?.url ?? 'memory' }
    const running = []
    for (let i = 0; i < replicas; i++) running.push(await startServer(servers.standard, [], env))
    const urls = running.map(({ url }) => url)
    await load(urls, { body: order, seconds: warmUpSeconds })
    const result = await load(urls, { body: order, seconds })
    const rssMiB = running.reduce((sum, each) => sum + each.rssMiB(), 0)
    for (const each of running) await each.stop()
    await redis?.remove()
    progress(`stores ${round + 1}/${rounds}: ${name}: ${Math.round(result.perSecond)} orders/s`)
    return { ...result, rssMiB, firstAnswerMs: running[0]?.firstAnswerMs ?? NaN }
  })
  const rows = [...measured].map(([key, results]) => [key, { name: cases[key].name, ...summary(results) }])
  return /** @type {Stores} */ (Object.fromEntries(rows))
}
