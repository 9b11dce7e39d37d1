'use strict'

const { median } = require('../../bench/median')
const { floors, rise } = require('./trend')

/** The part of the samples that is left out of comparisons: the sandbox warms up. */
const warmUp = 0.1
/** What memory may rise in the second half, by the line that fits best: the part of its mean, and at least so many MiB. */
const mostRise = 0.1
const leastBound = 8
/** Samples of which the heap's least counts: it goes up and down with the collector. */
const samplesOfFloor = 5
/** Handles more in the last third than in the first: connections that are under way come and go. */
const mostHandles = 10
/** The p99 in the last third, beside that in the first; below so many milliseconds it is all the same. */
const mostSlowdown = 2
const leastP99 = 5
const mostLeftOut = 0.01

/** @typedef {Record<string, number[]>} Curves What was sampled, by name, such as `replica 1 rssMiB`. */
/** @typedef {{ what: string, found: string, bound: string, isWell: boolean }} Verdict */

/**
 * Whether things level off.
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
    atMost('answers that were not to be expected', surprised, 0),
    atMost('operations left out', leftOut, Math.floor(operations * mostLeftOut)),
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
