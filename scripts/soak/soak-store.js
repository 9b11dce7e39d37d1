'use strict'

const { setTimeout: sleep } = require('node:timers/promises')
const { join } = require('node:path')
const { progress } = require('../../bench/progress')
const { startRedis } = require('../redis-server')
const { replica } = require('../replica')
const { accountsToLoad } = require('./accounts')
const { startLoad } = require('./load')
const { operationsFor } = require('./operations')
const { processFacts } = require('./process-facts')
const { startReceiver } = require('./receiver')
const { redisFacts } = require('./redis-facts')
const { startViewer } = require('./viewer')

/** Seconds between two samples; fewer if a short run would otherwise have too few samples. */
const sampleEvery = 5
const leastSamples = 40

/**
 * Loads a sandbox with one store and samples it.
 *
 * @param {'memory' | 'redis'} store
 * @param {import('./options').SoakOptions} options
 * @param {string} logs
 */
exports.soakStore = async function (store, { minutes, replicas: count, rate, heap }, logs) {
  const redis = store === 'redis' ? await startRedis() : null
  const receiver = await startReceiver()
  const env = {
    NODE_OPTIONS: `--max-old-space-size=${heap}`,
    LOG_LEVEL: 'warn',
    SANDBOX_STORE: redis?.url ?? 'memory',
    SANDBOX_WEBHOOKS: `${receiver.url}/webhook#whsec_1`,
  }
  const replicas = await Promise.all(
    Array.from({ length: redis ? count : 1 }, (_, i) =>
      replica({ name: `replica ${i + 1}`, env, logFile: join(logs, `${store}-${i + 1}.log`), tellsMemory: true }),
    ),
  )
  await Promise.all(replicas.map((each) => each.start()))
  const facts = redis && redisFacts(redis.url)
  const urls = replicas.map(({ url }) => url)
  const accounts = accountsToLoad()
  /** @param {import('./load').Ask} ask */
  const operations = (ask) => operationsFor({ ask, accounts, receiverUrl: receiver.url })
  const load = startLoad({ urls, operations, accounts, rate })
  const viewer = startViewer(urls)
  const seconds = Math.min(sampleEvery, (minutes * 60) / leastSamples)

  async function sample() {
    const { calls, leftOut, surprised, ...latency } = load.read()
    /** @type {Record<string, number>} */
    const values = { ...latency, 'calls/s': calls / seconds }
    for (const { name, pid, memory } of replicas) {
      const { rssMiB, handles } = processFacts(/** @type {number} */ (pid()))
      const { heapUsed } = await memory()
      Object.assign(values, {
        [`${name} rssMiB`]: rssMiB,
        [`${name} heapMiB`]: heapUsed / 1024 / 1024,
        [`${name} handles`]: handles,
      })
    }
    if (facts) Object.assign(values, await facts.read())
    Object.assign(values, {
      orders: accounts.orders(),
      'deliveries/s': receiver.read() / seconds,
      'live kB/s': viewer.read() / seconds,
    })
    return { values, leftOut, surprised }
  }

  /** @type {import('./judge').Curves} */
  const curves = {}
  let last = { leftOut: 0, surprised: 0 }
  const samples = Math.round((minutes * 60) / seconds)
  const begin = performance.now()
  for (let i = 1; i <= samples; i++) {
    await sleep(Math.max(0, begin + i * seconds * 1000 - performance.now()))
    const { values, ...totals } = await sample()
    last = totals
    for (const [name, value] of Object.entries(values)) (curves[name] ??= []).push(value)
    progress(`${store} ${i}/${samples}: ${lineOf(values, totals)}`)
  }
  viewer.stop()
  await load.stop()
  facts?.close()
  for (const each of replicas) await each.stop()
  await redis?.remove()
  receiver.close()
  return { curves, totals: { operations: minutes * 60 * rate, ...last }, surprises: load.surprises }
}

/** @type {(values: Record<string, number>, totals: { leftOut: number, surprised: number }) => string} */
const lineOf = (values, { leftOut, surprised }) =>
  [
    ...Object.entries(values).map(([name, value]) => `${name} ${value.toFixed(value < 100 ? 1 : 0)}`),
    ...(leftOut > 0 ? [`skipped ${leftOut}`] : []),
    ...(surprised > 0 ? [`UNEXPECTED ${surprised}`] : []),
  ].join(', ')
