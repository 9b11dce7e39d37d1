'use strict'

/**
 * @param {number[]} values At least one.
 * @returns {number} The one in the middle, or the mean of the two there.
 */
function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/**
 * @param {Record<string, number>[]} rounds What `load` measured in each; at least one.
 * @returns {Record<string, number>} The median of each key, and the throughput of the slowest and the fastest round.
 */
function summary(rounds) {
  const speeds = rounds.map(({ perSecond }) => perSecond)
  const medians = Object.keys(rounds[0]).map((key) => [key, median(rounds.map((round) => round[key]))])
  return { ...Object.fromEntries(medians), slowestRound: Math.min(...speeds), fastestRound: Math.max(...speeds) }
}

module.exports = { median, summary }
