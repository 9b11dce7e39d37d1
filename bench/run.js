'use strict'

const { writeFileSync } = require('node:fs')
const { availableParallelism, cpus } = require('node:os')
const { join } = require('node:path')
const { parseArgs } = require('node:util')
const { updateDocuments } = require('../scripts/docs/update')
const { compareWithBefore } = require('./before')
const { measureControl } = require('./control')
const { pinCores } = require('./cores')
const { measureInProcess } = require('./in-process')
const { connections } = require('./load')
const { order } = require('./order')
const { ratiosToMinimal } = require('./ratios')
const { report } = require('./report')
const { measureRoundTrips } = require('./round-trips')
const { measureStartUp } = require('./start-up')
const { measureStoredOrders, warmUpOrders } = require('./stored-orders')
const { measureStores } = require('./stores')
const { compareToTargets } = require('./targets')
const { measureThroughput } = require('./throughput')

/** `--before DIR`: only what has changed since the checkout in that folder, which has been built. */
const { quick, before } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, before: { type: 'string' } },
}).values
const plan = quick
  ? {
      spawns: 1,
      rounds: 1,
      warmUpSeconds: 0.3,
      seconds: 0.5,
      stages: [20_000],
      storedRounds: 1,
      amount: 10_000,
      calls: 3,
    }
  : {
      spawns: 9,
      rounds: 5,
      warmUpSeconds: 2,
      seconds: 3,
      stages: [100_000, 1_000_000],
      storedRounds: 7,
      amount: 30_000,
      calls: 15,
    }
const patienceMs = quick ? 180_000 : 900_000

/** Servers are killed when this process exits: see running-server.js. */
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130))
setTimeout(() => fail(new Error(`not done after ${patienceMs / 1000} s`)), patienceMs).unref()

const work = before === undefined ? main() : compare(before)
work.then(() => process.exit(), fail)

/**
 * @typedef {object} Results What `results.json` holds.
 * @property {{ cpu: string, cores: number, node: string, date: string }} machine
 * @property {LoadSettings} load
 * @property {import('./start-up').StartUp} startUp
 * @property {import('./throughput').Throughput} throughput
 * @property {import('./ratios').RatiosByServer} ratios
 * @property {import('./stores').Stores | null} stores
 * @property {import('./round-trips').RoundTrips | null} roundTrips
 * @property {import('./stored-orders').StoredOrders} storedOrders
 * @property {import('./control').Control} control
 * @property {import('./in-process').InProcess} inProcess
 * @property {import('./targets').Targets} targets
 */

/**
 * @typedef {object} LoadSettings
 * @property {number} connections
 * @property {number} orderBytes
 * @property {number} rounds
 * @property {number} storedRounds
 * @property {number} warmUpOrders
 * @property {number} amount
 * @property {boolean} pinned
 */

/** @param {string} folder */
async function compare(folder) {
  process.stdout.write(await compareWithBefore(folder, { ...plan, rounds: quick ? 1 : 15 }, pinCores()))
}

async function main() {
  const cores = availableParallelism()
  const stores = await measureStores(plan)
  const roundTrips = await measureRoundTrips(plan)
  const pinned = pinCores()
  const startUp = await measureStartUp(plan, pinned)
  const throughput = await measureThroughput(plan, pinned)
  const storedOrders = await measureStoredOrders(plan, pinned)
  const control = await measureControl()
  const inProcess = await measureInProcess(plan, pinned)
  const ratios = ratiosToMinimal(throughput, startUp)
  /** @type {Results} */
  const results = {
    machine: { cpu: cpus()[0]?.model ?? 'unknown', cores, node: process.version, date: new Date().toISOString() },
    load: {
      connections,
      orderBytes: JSON.stringify(order).length,
      rounds: plan.rounds,
      storedRounds: plan.storedRounds,
      warmUpOrders,
      amount: plan.amount,
      pinned: pinned.length > 0,
    },
    startUp,
    throughput,
    ratios,
    stores,
    roundTrips,
    storedOrders,
    control,
    inProcess,
    targets: compareToTargets({ ratios, startUp, inProcess, storedOrders, control }),
  }
  process.stdout.write(report(results))
  // A quick run is too noisy to keep.
  if (quick) return
  writeFileSync(join(__dirname, 'results.json'), `${JSON.stringify(results, rounded, 2)}\n`)
  await updateDocuments({ folder: join(__dirname, '..') })
}

/** Further digits are noise. @param {string} _key @param {unknown} value */
const rounded = (_key, value) => (typeof value === 'number' ? Math.round(value * 1000) / 1000 : value)

/** @param {Error} error */
function fail(error) {
  process.stderr.write(`${error.stack}\n`)
  process.exit(1)
}
