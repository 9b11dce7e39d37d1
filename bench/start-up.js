'use strict'

const { median } = require('./median')
const { progress } = require('./progress')
const { inRounds } = require('./rounds')
const { startServer } = require('./running-server')
const { servers } = require('./servers')

/** @typedef {Record<keyof typeof servers, number>} StartUp */

/**
 * Milliseconds from the spawn to the first answered order, by server.
 *
 * @param {{ spawns: number }} plan
 * @param {string[]} pinned
 * @returns {Promise<StartUp>}
 */
exports.measureStartUp = async function ({ spawns }, pinned) {
  const keys = /** @type {(keyof typeof servers)[]} */ (Object.keys(servers))
  const measured = await inRounds(keys, spawns, async (key) => {
    const running = await startServer(servers[key], pinned)
    await running.stop()
    return running.firstAnswerMs
  })
  const medians = [...measured].map(([key, times]) => [key, median(times)])
  const result = /** @type {StartUp} */ (Object.fromEntries(medians))
  for (const key of keys) progress(`first answer: ${servers[key].name}: ${Math.round(result[key])} ms`)
  return result
}
