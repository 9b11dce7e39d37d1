'use strict'

const { readFileSync, writeFileSync } = require('node:fs')
const { join } = require('node:path')

const file = join(__dirname, '../README.md')

/** The rows of the README's table of figures, by the first cell. */
const keys = {
  'bare echo': 'echo',
  'minimal app': 'minimal',
  sandbox: 'standard',
  'sandbox, webhook to a receiver that is down': 'webhooks',
  'sandbox, `LOG_LEVEL=warn`': 'warn',
}

/** Puts the figures of `results` into the README, so that it never tells others than the last run saw. */
exports.updateReadme = function ({ throughput, startUp }) {
  const lines = readFileSync(file, 'utf8').split('\n')
  const start = lines.indexOf('## Speed')
  const end = lines.findIndex((line, i) => i > start && line.startsWith('## '))
  const updated = lines.map((line, i) => {
    const [, name, ...figures] = line.split('|')
    const key = i > start && i < end ? keys[name?.trim()] : undefined
    if (key === undefined) return line
    const { perSecond, p99 } = throughput[key]
    const rounded = (Math.round(perSecond / 100) * 100).toLocaleString('en')
    const values = [rounded, p99.toFixed(1), startUp[key].toFixed(0)]
    return ['', name, ...values.map((value, j) => ` ${value} `.padEnd(figures[j].length)), ''].join('|')
  })
  writeFileSync(file, updated.join('\n'))
}
