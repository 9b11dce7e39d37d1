'use strict'

const { setTimeout: sleep } = require('node:timers/promises')

/** Milliseconds. What a killed replica had under way is taken over by another only when its claim has lapsed. */
const patience = 120_000
const pause = 500
const progressEvery = 5_000
/** So often the clock is moved on: most of what is pending waits for its next attempt. */
const moveEvery = 10_000
const move = 60_000
/** What may still be on its way when nothing is pending any more. */
const calm = 2_000

/**
 * Waits until nothing is pending any more, moving the clock where that is what deliveries wait for.
 *
 * @param {(method: string, path: string, body?: unknown) => Promise<any>} control Calls one of the replicas.
 * @param {import('./history').History} history
 * @param {(text: string) => void} progress
 * @returns {Promise<number>} What is pending all the same.
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
      progress(`moving the clock by ${move / 1000} s`)
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
