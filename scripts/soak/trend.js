'use strict'

/**
 * The slope per sample of the line of best fit (least squares).
 *
 * @param {number[]} values At least two.
 */
function slope(values) {
  /** @param {number[]} numbers */
  const mean = (numbers) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length
  const middle = (values.length - 1) / 2
  const average = mean(values)
  const covariance = values.reduce((sum, value, i) => sum + (i - middle) * (value - average), 0)
  const variance = values.reduce((sum, _, i) => sum + (i - middle) ** 2, 0)
  return covariance / variance
}

/** How much the line of best fit rises from the first value to the last. @param {number[]} values */
const rise = (values) => slope(values) * (values.length - 1)

/**
 * The minimum of every `size` consecutive values: for a heap, what remains after garbage collection.
 *
 * @param {number[]} values
 * @param {number} size
 */
const floors = (values, size) =>
  Array.from({ length: Math.floor(values.length / size) }, (_, i) =>
    Math.min(...values.slice(i * size, (i + 1) * size)),
  )

const blocks = '▁▂▃▄▅▆▇█'

/**
 * Draws a curve in one line.
 *
 * @param {number[]} values
 * @param {number} [width] In characters, at most.
 */
function sparkline(values, width = 60) {
  const size = Math.max(1, Math.ceil(values.length / width))
  const means = Array.from({ length: Math.ceil(values.length / size) }, (_, i) => {
    const group = values.slice(i * size, (i + 1) * size)
    return group.reduce((sum, each) => sum + each, 0) / group.length
  })
  const [least, most] = [Math.min(...means), Math.max(...means)]
  /** @param {number} value */
  const height = (value) => (most === least ? 0 : Math.round(((value - least) / (most - least)) * (blocks.length - 1)))
  return means.map((value) => blocks[height(value)]).join('')
}

module.exports = { floors, rise, slope, sparkline }
