'use strict'

/**
 * A run in which nothing happened breaks no promise, but proves nothing either.
 *
 * @param {import('../history').History} history
 * @returns {string[]} What is missing.
 */
exports.thereWasEnough = function ({ plan, calls, arrivals, away }) {
  /** @param {string} what */
  const isAnswered = (what) => calls.some((call) => call.what === what && call.outcome.status === 200)
  const troubles = away.filter(({ how }) => how !== 'move').length
  return [
    ...['order', 'result'].filter((what) => !isAnswered(what)).map((what) => `no ${what} was answered with 200`),
    ...['taken', 'refused']
      .filter((what) => !arrivals.some(({ answer }) => answer === what))
      .map((what) => `no delivery was ${what}`),
    ...(troubles >= plan.length ? [] : [`${troubles} of ${plan.length} planned failures happened`]),
  ]
}
