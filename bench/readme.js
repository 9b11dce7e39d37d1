'use strict'

const { readFileSync, writeFileSync } = require('node:fs')
const { join } = require('node:path')

const file = join(__dirname, '../README.md')

/** @typedef {Pick<import('./run').Results, 'throughput' | 'startUp' | 'stores' | 'roundTrips'>} FiguresOfReadme */

/**
 * The rows of the README's tables of figures: what stands in the first cell, and the figures that belong behind it.
 *
 * @param {FiguresOfReadme} results
 * @returns {Record<string, string[]>}
 */
function rowsOf({ throughput, startUp, stores, roundTrips }) {
  const speed = (/** @type {keyof typeof startUp} */ key) => figures(throughput[key], startUp[key])
  return {
    'bare echo': speed('echo'),
    'minimal app': speed('minimal'),
    sandbox: speed('standard'),
    'sandbox, webhook to a receiver that is down': speed('webhooks'),
    'sandbox, `LOG_LEVEL=warn`': speed('warn'),
    // Without a Redis to measure with, what stands there is still what was last seen.
    ...Object.fromEntries(Object.values(stores ?? {}).map((row) => [row.name, figures(row, row.firstAnswerMs)])),
    ...Object.fromEntries(
      Object.entries(roundTrips ?? {}).map(([name, { before, inAll }]) => [name, [String(before), String(inAll)]]),
    ),
  }
}

/** @param {{ perSecond: number, p99: number }} row @param {number} firstAnswerMs */
const figures = ({ perSecond, p99 }, firstAnswerMs) => [
  (Math.round(perSecond / 100) * 100).toLocaleString('en'),
  p99.toFixed(1),
  firstAnswerMs.toFixed(0),
]

/**
 * Puts the figures of `results` into the README, so that it never tells others than the last run saw.
 *
 * @param {FiguresOfReadme} results
 */
exports.updateReadme = function (results) {
  const lines = readFileSync(file, 'utf8').split('\n')
  const start = lines.indexOf('## Speed')
  const end = lines.findIndex((line, i) => i > start && line.startsWith('## '))
  const rows = rowsOf(results)
  const updated = lines.map((line, i) => {
    const [, name = '', ...cells] = line.split('|')
    const values = i > start && i < end ? rows[name.trim()] : undefined
    if (values === undefined) return line
    return ['', name, ...values.map((value, j) => ` ${value} `.padEnd(cells[j]?.length ?? 0)), ''].join('|')
  })
  writeFileSync(file, updated.join('\n'))
}

exports.rowsOf = rowsOf
