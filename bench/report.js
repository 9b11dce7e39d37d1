'use strict'

const { notInstalled } = require('../scripts/redis-server')
const { table } = require('./table')

/** @typedef {import('./run').Results} Results */

const whole = (/** @type {number} */ value) => Math.round(value).toLocaleString('en')
const hundredths = (/** @type {number} */ value) => value.toFixed(2)
const wholeIfAny = (/** @type {number | undefined} */ value) => (value === undefined ? '' : whole(value))
const percent = (/** @type {number} */ value) => `${whole(value * 100)} %`
const exact = (/** @type {number} */ value) => value.toLocaleString('en')

/** Formats `results.json` for a reader. @param {Results} results */
exports.report = ({
  machine,
  load,
  throughput,
  startUp,
  ratios,
  stores,
  roundTrips,
  storedOrders,
  control,
  inProcess,
  targets,
}) => `
${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, ${machine.date}
${load.connections} connections, ${load.orderBytes} bytes per order; medians of ${load.rounds} rounds; latencies in ms.
${load.pinned ? 'Servers on core 0, load generator on core 1.' : 'NOT PINNED: servers and load generator share cores.'}
${generatorCheck(throughput)}
${noiseCheck([...Object.values(throughput), storedOrders[0]])}

${throughputTable(throughput, startUp, ratios)}
"x min.": relative to the minimal app with the same orders. "first": ms from the spawn to the first answered order.
Repeats: the same order with an id, sent repeatedly.

${storesSection(stores, roundTrips, machine)}
${storedTable(storedOrders)}
"0" is a new server after ${whole(load.warmUpOrders)} orders of warm-up: with fewer it has not reached its full speed.
Each of ${load.storedRounds} rounds adds ${whole(load.amount)} orders; RSS and bytes are from before the first.

In process: a reset with a thousand orders ${hundredths(control.resetMs)} ms; a thousand orders and resets ${whole(control.thousandResetsMs)} ms; a thousand waits and the orders that end them ${whole(control.thousandWaitsMs)} ms.
In a test: the first sandbox of a process starts in ${whole(inProcess.firstMs)} ms, the second in ${whole(inProcess.secondMs)} ms, and closes in ${hundredths(inProcess.closeMs)} ms.

${targetTable(targets)}`

/** @param {Results['throughput']} throughput */
function generatorCheck({ echo: _echo, ...others }) {
  const busiest = Math.max(...Object.values(others).map(({ generatorBusy }) => generatorBusy))
  const verdict = busiest < 0.9 ? 'it is not the bottleneck' : 'IT MAY BE THE BOTTLENECK'
  return `Load generator busy at most ${percent(busiest)} of the time, except with the bare echo: ${verdict}.`
}

/**
 * Rounds of a row differ only by what else the machine does.
 *
 * @param {{ slowestRound: number, fastestRound: number }[]} rows
 */
function noiseCheck(rows) {
  const steadiness = Math.min(...rows.map(({ slowestRound, fastestRound }) => slowestRound / fastestRound))
  const verdict = steadiness > 0.8 ? 'the machine was quiet' : 'THE MACHINE WAS BUSY, run again on a quiet one'
  return `The slowest round of a row reached ${percent(steadiness)} of the fastest: ${verdict}.`
}

/**
 * @param {Results['throughput']} throughput
 * @param {Record<string, { firstAnswerMs: number }>} startUp
 * @param {Results['ratios']} ratios
 */
function throughputTable(throughput, startUp, ratios) {
  const head = ['', 'orders/s', 'x min.', 'p50', 'p97.5', 'p99', 'x min.', 'max', 'RSS MiB', 'first', 'generator busy']
  const entries = /** @type {[keyof typeof throughput, typeof throughput.echo][]} */ (Object.entries(throughput))
  const rows = entries.map(([key, row]) => [
    row.name,
    whole(row.perSecond),
    ...[ratios[key].perSecond, row.p50, row.p97_5, row.p99, ratios[key].p99].map(hundredths),
    whole(row.max),
    whole(row.rssMiB),
    wholeIfAny(startUp[key]?.firstAnswerMs),
    percent(row.generatorBusy),
  ])
  return table([head, ...rows])
}

/**
 * @param {Results['stores']} stores
 * @param {Results['roundTrips']} roundTrips
 * @param {Results['machine']} machine
 */
function storesSection(stores, roundTrips, { cores }) {
  if (stores === null || roundTrips === null) return `Redis was not measured: ${notInstalled}.\n`
  const speedHead = ['sandbox by store', 'orders/s', 'x memory', 'p50', 'p97.5', 'p99', 'max', 'RSS MiB', 'first']
  const speeds = Object.values(stores).map((row) => [
    row.name,
    whole(row.perSecond),
    ...[row.perSecond / stores.memory.perSecond, row.p50, row.p97_5, row.p99].map(hundredths),
    whole(row.max),
    whole(row.rssMiB),
    whole(row.firstAnswerMs),
  ])
  const tripHead = ['round trips to Redis', 'before the answer', 'in all']
  const trips = Object.entries(roundTrips).map(([name, { before, inAll }]) => [name, String(before), String(inAll)])
  return `${table([speedHead, ...speeds])}
Nothing is pinned here: load generator, replicas and Redis (with an append-only file, synced every second) share all
${cores} cores. With fewer cores than processes, a second replica only takes time from the first.

${table([tripHead, ...trips])}
One call at a time, with one replica. "In all" includes what is written after the answer: the journal, deliveries.
`
}

/** @param {Results['storedOrders']} storedOrders */
function storedTable(storedOrders) {
  const head = ['sandbox with orders stored', 'orders/s', 'p50', 'p97.5', 'p99', 'max', 'RSS MiB', 'bytes/order']
  const rows = Object.entries(storedOrders).map(([stage, row]) => [
    whole(Number(stage)),
    whole(row.perSecond),
    ...[row.p50, row.p97_5, row.p99].map(hundredths),
    whole(row.max),
    whole(row.rssMiB),
    wholeIfAny(row.bytesPerOrder),
  ])
  return table([head, ...rows])
}

/** @param {Results['targets']} targets */
function targetTable(targets) {
  const rows = Object.entries(targets).map(([name, { value, atLeast, atMost, met }]) => [
    name,
    // Enough digits that a missed target never looks met.
    value < 100 ? value.toFixed(3) : whole(value),
    atLeast === undefined ? `<= ${exact(atMost)}` : `>= ${exact(atLeast)}`,
    met ? 'met' : 'MISSED',
  ])
  return table([['target', 'measured', 'required', ''], ...rows])
}
