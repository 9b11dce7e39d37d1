'use strict'

const { startSandbox } = require('../dist')
const { median } = require('./median')
const { order } = require('./order')
const { progress } = require('./progress')

const thousand = 1_000

/** @typedef {{ resetMs: number, thousandResetsMs: number, thousandWaitsMs: number }} Control */

/**
 * Measures in-process control, as in a test: milliseconds for a reset with a thousand orders, for a thousand resets of
 * an account with one order, and for a thousand waits that as many orders end.
 *
 * @returns {Promise<Control>}
 */
exports.measureControl = async function () {
  const sandbox = await startSandbox({ callbackTargets: 'none' })
  const acme = sandbox.account('acme')
  const timed = async (/** @type {() => Promise<unknown>} */ work) => {
    const begin = performance.now()
    await work()
    return performance.now() - begin
  }
  const place = (/** @type {number} */ count) =>
    Promise.all(Array.from({ length: count }, () => acme.orders.create(order)))

  /** @type {number[]} */
  const resets = []
  for (let round = 0; round < 21; round++) {
    await place(thousand)
    resets.push(await timed(() => acme.reset()))
  }
  const thousandResetsMs = await timed(async () => {
    for (let i = 0; i < thousand; i++) {
      await acme.orders.create(order)
      await acme.reset()
    }
  })
  const thousandWaitsMs = await timed(async () => {
    // An account allows a hundred concurrent waits.
    const waits = Array.from({ length: thousand }, (_, i) => {
      const account = sandbox.account(`account-${Math.floor(i / 100)}`)
      return account.orders.waitFor({ id: `order-${i}` })
    })
    for (let i = 0; i < thousand; i++) {
      await sandbox.account(`account-${Math.floor(i / 100)}`).orders.create({ ...order, id: `order-${i}` })
    }
    await Promise.all(waits)
  })
  await sandbox.close()
  const result = { resetMs: median(resets), thousandResetsMs, thousandWaitsMs }
  for (const [name, ms] of Object.entries(result)) progress(`control: ${name}: ${ms.toFixed(2)}`)
  return result
}
