'use strict'

const { median } = require('../../bench/median')
const { floors, rise } = require('./trend')

/** The share of samples ignored in comparisons, while the sandbox warms up. */
const warmUp = 0.1
/** How much memory may rise in the second half, by the line of best fit: this share of its mean, or this many MiB. */
const mostRise = 0.1
const leastBound = 8
/** Of so many heap samples the minimum counts, since the heap rises and falls with garbage collection. */
const samplesOfFloor = 5
/** How many more handles the last third may have than the first, since connections come and go. */
const mostHandles = 10
/** How many times the first third's p99 the last third's may be; below `leastP99` milliseconds it does not matter. */
const mostSlowdown = 2
const leastP99 = 5
const mostLeftOut = 0.01

/** @typedef {Record<string, number[]>} Curves The samples by name, such as `replica 1 rssMiB`. */
/** @typedef {{ what: string, found: string, bound: string, isWell: boolean }} Verdict */

/**
 * Judges whether memory, handles and latency level off.
 *
 * @param {Curves} curves
 * @param {{ operations: number, leftOut: number, surprised: number }} totals
 * @returns {Verdict[]}
 */
exports.judge = function (curves, { operations, leftOut, surprised }) {
  const verdicts = []
  for (const [name, values] of Object.entries(curves)) {
    if (/rssMiB|redisMiB/.test(name)) verdicts.push(levelsOff(name, values))
    if (/heapMiB/.test(name)) verdicts.push(levelsOff(name, values, samplesOfFloor))
    if (/handles|redisClients/.test(name)) verdicts.push(doesNotGrow(name, values))
    if (name === 'p99') verdicts.push(staysFast(name, values))
  }
  verdicts.push(
    atMost('unexpected answers', surprised, 0),
    atMost('skipped operations', leftOut, Math.floor(operations * mostLeftOut)),
  )
  return verdicts
}

/**
 * @param {string} name
 * @param {number[]} values
 * @param {number} [size]
 */
function levelsOff(name, values, size = 1) {
  const half = values.slice(values.length >> 1)
  const points = floors(half, Math.min(size, half.length >> 1))
  const mean = points.reduce((sum, each) => sum + each, 0) / points.length
  return atMost(`${name}: rise in the second half`, rise(points), Math.max(leastBound, mostRise * mean), 1)
}

/**
 * @param {string} name
 * @param {number[]} values
 */
function doesNotGrow(name, values) {
  const [first, last] = thirds(values)
  return atMost(`${name}: last third`, last, first + mostHandles)
}

/**
 * @param {string} name
 * @param {number[]} values
 */
function staysFast(name, values) {
  const [first, last] = thirds(values)
  return atMost(`${name}, ms: last third`, last, Math.max(leastP99, mostSlowdown * first), 1)
}

/**
 * The medians of the first and the last third, after the warm-up.
 *
 * @param {number[]} values
 * @returns {[number, number]}
 */
function thirds(values) {
  const warm = values.slice(Math.ceil(values.length * warmUp))
  const third = Math.max(1, Math.floor(warm.length / 3))
  return [median(warm.slice(0, third)), median(warm.slice(-third))]
}

/** @type {(what: string, value: number, bound: number, digits?: number) => Verdict} */
const atMost = (what, value, bound, digits = 0) => ({
  what,
  found: value.toFixed(digits),
  bound: `<= ${bound.toFixed(digits)}`,
  isWell: value <= bound,
})
