'use strict'

/** @typedef {{ perSecond: number, p99: number, firstAnswer?: number }} Ratios */
/** @typedef {Record<keyof import('./throughput').Throughput, Ratios>} RatiosByServer */

/**
 * The ratio of each row of the throughput to the minimal app with the same orders.
 *
 * @param {import('./throughput').Throughput} throughput
 * @param {import('./start-up').StartUp} startUp
 * @returns {RatiosByServer}
 */
exports.ratiosToMinimal = (throughput, startUp) => {
  const ratios = Object.entries(throughput).map(([key, { perSecond, p99 }]) => {
    const minimal = key.endsWith('Repeat') ? throughput.minimalRepeat : throughput.minimal
    const start = Object.hasOwn(startUp, key) ? startUp[/** @type {keyof typeof startUp} */ (key)] : undefined
    return [
      key,
      {
        perSecond: perSecond / minimal.perSecond,
        p99: p99 / minimal.p99,
        ...(start !== undefined && { firstAnswer: start.firstAnswerMs / startUp.minimal.firstAnswerMs }),
      },
    ]
  })
  return /** @type {RatiosByServer} */ (Object.fromEntries(ratios))
}
