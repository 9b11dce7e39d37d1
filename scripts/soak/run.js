#!/usr/bin/env node
'use strict'
// Loads the sandbox with each store for minutes, with a mix of everything that users do, and checks whether memory,
// handles and latency level off.
const { mkdtempSync, rmSync } = require('node:fs')
const { tmpdir } = require('node:os')
const { join } = require('node:path')
const { table } = require('../../bench/table')
const { runBounded } = require('../run-bounded')
const { judge } = require('./judge')
const { soakOptions } = require('./options')
const { soakStore } = require('./soak-store')
const { sparkline } = require('./trend')

/** Milliseconds for everything before and after the load. */
const patienceBesides = 60_000
const shownSurprises = 10

const options = soakOptions(process.argv)
/** @type {('memory' | 'redis')[]} */
const stores = options.store === 'both' ? ['memory', 'redis'] : [options.store]
runBounded(stores.length * (options.minutes * 60_000 + patienceBesides), () => main(options))

/** @param {import('./options').SoakOptions} options */
async function main(options) {
  const logs = mkdtempSync(join(tmpdir(), 'soak-'))
  let isWell = true
  for (const store of stores) {
    const { curves, totals, surprises } = await soakStore(store, options, logs)
    const verdicts = judge(curves, totals)
    process.stdout.write(report(store, options, curves, verdicts, surprises))
    if (verdicts.some((verdict) => !verdict.isWell)) isWell = false
  }
  if (isWell) rmSync(logs, { recursive: true, force: true })
  else process.stdout.write(`The logs of the replicas are in ${logs}.\n`)
  return isWell
}

/**
 * @param {string} store
 * @param {import('./options').SoakOptions} options
 * @param {import('./judge').Curves} curves
 * @param {import('./judge').Verdict[]} verdicts
 * @param {string[]} surprises
 */
function report(store, { minutes, rate, heap }, curves, verdicts, surprises) {
  /** @param {number} value */
  const number = (value) => value.toFixed(1)
  const rows = Object.entries(curves).map(([name, values]) => [
    name,
    number(Math.min(...values)),
    number(Math.max(...values)),
    number(values.at(-1) ?? NaN),
    sparkline(values),
  ])
  const judged = verdicts.map(({ what, found, bound, isWell }) => [what, found, bound, isWell ? 'ok' : 'FAILED'])
  return `
Store ${store}: ${minutes} minutes of ${rate} operations a second, heap of at most ${heap} MiB

${table([['', 'least', 'most', 'last', ''], ...rows])}
${table([['', 'found', 'bound', ''], ...judged])}
${surprises
  .slice(0, shownSurprises)
  .map((each) => `unexpected: ${each}\n`)
  .join('')}`
}
