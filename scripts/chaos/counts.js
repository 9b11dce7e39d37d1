'use strict'

const { firstSnapshot, groupBy } = require('./history')
const { repeats } = require('./promises/sequence')

/** @typedef {import('./history').AskedCall} AskedCall */
/** @typedef {import('./history').Away} Away */

/** @param {number} value */
const whole = (value) => Math.round(value).toLocaleString('en')

/**
 * The run in figures, as rows of a table.
 *
 * @param {import('./history').EndedHistory} history
 * @returns {string[][]}
 */
exports.countsOf = function (history) {
  const { calls, arrivals, away } = history
  /** @type {<T>(items: T[], fits: (item: T) => boolean) => number} */
  const count = (items, fits) => items.filter(fits).length
  /** @param {AskedCall} call */
  const isOrder = ({ what }) => what === 'order' || what === 'repeat'
  /** @param {AskedCall} call */
  const isAnswered = ({ outcome }) => outcome.status === 200
  const refused = calls.filter(({ outcome }) => outcome.status === 502)
  /** @type {<T>(items: T[], keyOf: (item: T) => string) => number} */
  const distinct = (items, keyOf) => new Set(items.map(keyOf)).size
  const perDelivery = [...groupBy(arrivals, ({ remoteId, number }) => `${remoteId}.${number}`).values()]
  /** @type {(who: 'redis' | 'replicas', how: Away['how']) => number} */
  const times = (who, how) => count(away, (each) => (who === 'redis') === (each.who === 'redis') && each.how === how)
  const latencies = calls.filter(isAnswered).map(({ outcome }) => outcome.end - outcome.begin)
  const { deliveries, orders } = firstSnapshot(history)
  return [
    ['calls', whole(calls.length)],
    ['  answered with 200', whole(count(calls, isAnswered))],
    ['  answered with 502', whole(refused.length)],
    [
      '  not answered: connection lost, or replica hung',
      whole(count(calls, ({ outcome }) => outcome.broken !== undefined)),
    ],
    ['  ms, longest 200', whole(Math.max(0, ...latencies))],
    [
      '  ms, longest 502, including replicas that hung',
      whole(Math.max(0, ...refused.map(({ outcome }) => outcome.end - outcome.begin))),
    ],
    ['  ms, longest from the return of Redis to an answer', whole(longestReturn(calls, away))],
    ['orders', whole(distinct(calls.filter(isOrder), ({ orderId }) => orderId))],
    ['  answered', whole(distinct(calls.filter(isOrder).filter(isAnswered), ({ orderId }) => orderId))],
    ['  kept', whole(orders.length)],
    ['  answers to repeats', whole(count(calls, (call) => call.what === 'repeat' && isAnswered(call)))],
    ['results answered', whole(count(calls, (call) => call.what === 'result' && isAnswered(call)))],
    ['replicas killed', whole(times('replicas', 'kill'))],
    ['replicas stopped', whole(times('replicas', 'stop'))],
    ['replicas hung', whole(times('replicas', 'hang'))],
    ['Redis stopped', whole(times('redis', 'stop'))],
    ['Redis hung', whole(times('redis', 'hang'))],
    ['Redis killed', whole(times('redis', 'kill'))],
    ['deliveries', whole(deliveries.length)],
    ['  listed attempts', whole(deliveries.reduce((sum, { attempts }) => sum + attempts.length, 0))],
    ['  arrivals', whole(arrivals.length)],
    ['  refused', whole(count(arrivals, ({ answer }) => answer === 'refused'))],
    ['  connection reset', whole(count(arrivals, ({ answer }) => answer === 'reset'))],
    ['  sender gone before the answer', whole(count(arrivals, ({ answer }) => answer === 'unheard'))],
    ['  repeated after they were accepted', whole(perDelivery.reduce((sum, each) => sum + repeats(each).length, 0))],
    ['  failed for good', whole(count(deliveries, ({ status }) => status === 'failed'))],
  ]
}

/**
 * @param {AskedCall[]} calls
 * @param {Away[]} away
 */
function longestReturn(calls, away) {
  const answered = calls.flatMap(({ outcome }) => (outcome.status === 200 ? [outcome.end] : [])).sort((a, b) => a - b)
  const returns = away.filter(({ who }) => who === 'redis').map(({ until }) => until)
  return Math.max(0, ...returns.map((at) => (answered.find((end) => end > at) ?? at) - at))
}
