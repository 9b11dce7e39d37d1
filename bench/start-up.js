'use strict'

const { median } = require('./median')
const { progress } = require('./progress')
const { inRounds } = require('./rounds')
const { startServer } = require('./running-server')
const { servers } = require('./servers')

/**
 * Milliseconds from the spawn to the first answered order, by server.
 *
 * @param {{ spawns: number }} plan
 * @param {string[]} pinned
 * @returns {Promise<Record<string, number>>}
 */
exports.measureStartUp = async function ({ spawns }, pinned) {
  const measured = await inRounds(Object.keys(servers), spawns, async (key) => {
    const running = await startServer(servers[key], pinned)
    await running.stop()
    return running.firstAnswerMs
  })
  const result = Object.fromEntries([...measured].map(([key, times]) => [key, median(times)]))
  for (const [key, ms] of Object.entries(result)) progress(`first answer: ${servers[key].name}: ${Math.round(ms)} ms`)
  return result
}
