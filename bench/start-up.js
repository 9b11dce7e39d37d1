'use strict'

const { median } = require('./median')
const { progress } = require('./progress')
const { inRounds } = require('./rounds')
const { startServer } = require('./running-server')
const { servers } = require('./servers')

/** @typedef {Record<keyof typeof servers, { firstAnswerMs: number, rssMiB: number }>} StartUp */

/**
 * Milliseconds from the spawn to the first answered order, and the memory in use then, by server.
 *
 * @param {{ spawns: number }} plan
 * @param {string[]} pinned
 * @returns {Promise<StartUp>}
 */
exports.measureStartUp = async function ({ spawns }, pinned) {
  const keys = /** @type {(keyof typeof servers)[]} */ (Object.keys(servers))
  const measured = await inRounds(keys, spawns, async (key) => {
    const running = await startServer(servers[key], pinned)
    const { firstAnswerMs } = running
    const rssMiB = running.rssMiB()
    await running.stop()
    return { firstAnswerMs, rssMiB }
  })
  const medians = [...measured].map(([key, starts]) => [
    key,
    {
      firstAnswerMs: median(starts.map(({ firstAnswerMs }) => firstAnswerMs)),
      rssMiB: median(starts.map(({ rssMiB }) => rssMiB)),
    },
  ])
  const result = /** @type {StartUp} */ (Object.fromEntries(medians))
  for (const key of keys) progress(`first answer: ${servers[key].name}: ${Math.round(result[key].firstAnswerMs)} ms`)
  return result
}
