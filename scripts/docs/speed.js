'use strict'

/** @typedef {import('./generated').Table} Table */
/** @typedef {import('../../bench/run').Results} Results */

/** The servers of the table of speed, by their keys in the results. */
const shown = /** @type {const} */ (['echo', 'minimal', 'logged', 'standard', 'stateFile', 'webhooks', 'warn'])

const speedHead = ['', 'orders per second', 'p99, ms', 'first answer after, ms']

/**
 * The tables of the last benchmark. Those that need a Redis are null where there was none to measure with.
 *
 * @param {Results} results
 * @returns {{ speed: Table, targets: Table, stores: Table | null, roundTrips: Table | null }}
 */
exports.speedTables = ({
  machine,
  throughput,
  startUp,
  ratios: { standard, logged },
  targets,
  stores,
  roundTrips,
}) => ({
  speed: { head: speedHead, rows: shown.map((key) => speedRow(throughput[key], startUp[key].firstAnswerMs)) },
  targets: {
    head: [`${machine.date.slice(0, 10)}, ${machine.cores} cores, Node ${machine.node.slice(1)}`, 'measured', 'target'],
    rows: [
      ...Object.entries(targets).map(([name, target]) => [name, measured(target.value), bound(target)]),
      ["throughput, sandbox / minimal with Fastify's log", measured(standard.perSecond / logged.perSecond), ''],
    ],
  },
  stores: stores && {
    head: speedHead,
    rows: Object.values(stores).map((row) => speedRow(row, row.firstAnswerMs)),
  },
  roundTrips: roundTrips && {
    head: ['', 'before the answer', 'in all'],
    rows: Object.entries(roundTrips).map(([name, { before, inAll }]) => [name, String(before), String(inAll)]),
  },
})

/** @param {{ name: string, perSecond: number, p99: number }} row @param {number} firstAnswerMs */
const speedRow = ({ name, perSecond, p99 }, firstAnswerMs) => [
  name.replace(/\b[A-Z_]+=\w+/, '`$&`'),
  (Math.round(perSecond / 100) * 100).toLocaleString('en'),
  p99.toFixed(1),
  firstAnswerMs.toFixed(0),
]

/** @param {number} value */
const measured = (value) => (value < 100 ? value.toFixed(2) : Math.round(value).toLocaleString('en'))

/** @param {import('../../bench/targets').Targets[string]} target */
const bound = ({ atLeast, atMost, met }) =>
  `${atLeast === undefined ? `at most ${atMost?.toLocaleString('en')}` : `at least ${atLeast}`}${met ? '' : ': missed'}`
