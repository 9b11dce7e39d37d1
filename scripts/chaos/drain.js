'use strict'

const { setTimeout: sleep } = require('node:timers/promises')

/** Milliseconds. Another replica takes over the deliveries of a killed one only when its lease has expired. */
const patience = 120_000
const pause = 500
const progressEvery = 5_000
/** How often the clock is advanced, since most pending deliveries wait for their next attempt. */
const moveEvery = 10_000
const move = 60_000
/** Time for what is still in transit when nothing is pending anymore. */
const calm = 2_000

/**
 * Waits until nothing is pending anymore, and advances the clock for deliveries that wait for it.
 *
 * @param {(method: string, path: string, body?: unknown) => Promise<any>} control Calls one of the replicas.
 * @param {import('./history').History} history
 * @param {(text: string) => void} progress
 * @returns {Promise<number>} How many deliveries are still pending.
 */
exports.drain = async function (control, { away }, progress) {
  const deadline = performance.now() + patience
  let pending = Infinity
  let nextProgress = 0
  let nextMove = performance.now() + moveEvery
  while (performance.now() < deadline) {
    const { deliveries } = await control('GET', '/deliveries?status=pending&limit=1000')
    pending = deliveries.length
    if (pending === 0 || performance.now() > nextProgress) {
      progress(`${pending} deliveries pending`)
      nextProgress = performance.now() + progressEvery
    }
    if (pending === 0) break
    if (performance.now() > nextMove) {
      progress(`advancing the clock by ${move / 1000} s`)
      const from = performance.now()
      await control('POST', '/clock/advance', { ms: move })
      away.push({ who: 'clock', how: 'move', from, until: performance.now() })
      nextMove = performance.now() + moveEvery
    }
    await sleep(pause)
  }
  await sleep(calm)
  return pending
}
