'use strict'

/**
 * @param {number[]} values At least one.
 * @returns {number} The middle value, or the mean of the two middle values.
 */
function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const [low = NaN, high = low] = sorted.slice((sorted.length - 1) >> 1, (sorted.length >> 1) + 1)
  return (low + high) / 2
}

/** @template Round @typedef {Round & { slowestRound: number, fastestRound: number }} Summary */

/**
 * @template {{ perSecond: number } & Record<string, number>} Round
 * @param {Round[]} rounds The results of each round; at least one.
 * @returns {Summary<Round>} The median of each key, and the throughput of the slowest and the fastest round.
 */
function summary(rounds) {
  const speeds = rounds.map(({ perSecond }) => perSecond)
  const keys = Object.keys(rounds[0] ?? {})
  const medians = Object.fromEntries(keys.map((key) => [key, median(rounds.map((round) => round[key] ?? NaN))]))
  return { .../** @type {Round} */ (medians), slowestRound: Math.min(...speeds), fastestRound: Math.max(...speeds) }
}

module.exports = { median, summary }
