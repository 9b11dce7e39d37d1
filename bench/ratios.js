'use strict'

/**
 * How each row of the throughput compares to the minimal app under the same orders.
 *
 * @param {Record<string, any>} throughput
 * @param {Record<string, number>} startUp
 * @returns {Record<string, { perSecond: number, p99: number, firstAnswer?: number }>}
 */
exports.ratiosToMinimal = (throughput, startUp) =>
  Object.fromEntries(
    Object.entries(throughput).map(([key, { perSecond, p99 }]) => {
      const minimal = key.endsWith('Repeat') ? throughput.minimalRepeat : throughput.minimal
      return [
        key,
        {
          perSecond: perSecond / minimal.perSecond,
          p99: p99 / minimal.p99,
          ...(key in startUp && { firstAnswer: startUp[key] / startUp.minimal }),
        },
      ]
    }),
  )
