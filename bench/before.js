'use strict'

const { join, resolve } = require('node:path')
const { load } = require('./load')
const { summary } = require('./median')
const { order } = require('./order')
const { progress } = require('./progress')
const { inRounds } = require('./rounds')
const { startServer } = require('./running-server')
const { servers } = require('./servers')
const { table } = require('./table')

/**
 * Compares throughput and latency of this sandbox with those of another checkout that has been built: what a change
 * costs. The two take turns each round, since the speed of the machine drifts by more than most changes cost.
 *
 * @param {string} folder Of the other checkout.
 * @param {{ rounds: number, warmUpSeconds: number, seconds: number }} plan
 * @param {string[]} pinned
 * @returns {Promise<string>} A table, and the ratios of the medians.
 */
exports.compareWithBefore = async function (folder, { rounds, warmUpSeconds, seconds }, pinned) {
  const kinds = {
    before: { name: 'before', script: join(resolve(folder), 'dist/cli.js') },
    after: { ...servers.standard, name: 'after' },
  }
  const keys = /** @type {(keyof typeof kinds)[]} */ (Object.keys(kinds))
  const measured = await inRounds(keys, rounds, async (key, round) => {
    const running = await startServer(kinds[key], pinned)
    await load(running.url, { body: order, seconds: warmUpSeconds })
    const result = { ...(await load(running.url, { body: order, seconds })), firstAnswerMs: running.firstAnswerMs }
    await running.stop()
    progress(`${round + 1}/${rounds}: ${key}: ${Math.round(result.perSecond)} orders/s`)
    return result
  })
  const [before, after] = [summary(measured.get('before') ?? []), summary(measured.get('after') ?? [])]
  const row = (/** @type {string} */ name, /** @type {typeof before} */ { perSecond, p99, firstAnswerMs }) => [
    name,
    Math.round(perSecond).toLocaleString('en'),
    p99.toFixed(2),
    String(Math.round(firstAnswerMs)),
  ]
  const ratio = (/** @type {keyof typeof before} */ key) => (after[key] / before[key]).toFixed(3)
  return table([
    ['medians', 'orders/s', 'p99, ms', 'first answer, ms'],
    row('before', before),
    row('after', after),
    ['after / before', ratio('perSecond'), ratio('p99'), ratio('firstAnswerMs')],
  ])
}
