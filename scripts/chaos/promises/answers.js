'use strict'

const { wasAway } = require('../history')

/** Milliseconds. `slack` allows for a machine that runs everything at once. */
const mostTo502 = 2_000
const slack = 500
/** For how long a replica may still answer 502 once Redis is back. */
const recovery = 5_000

/**
 * Clients get only documented answers, unless the connection breaks because the replica is away.
 *
 * @param {import('../history').History} history
 * @returns {string[]} The breaches.
 */
exports.documentedAnswers = (history) => history.calls.flatMap((call) => breachOf(history, call) ?? [])

/**
 * @param {import('../history').History} history
 * @param {import('../history').AskedCall} call
 */
function breachOf(history, { what, orderId, replica, outcome }) {
  const { begin, end, status, headers, text, broken } = outcome
  const call = `${what} ${orderId} at replica ${replica + 1}`
  if (broken !== undefined) {
    const isExcused = history.away.some(
      ({ who, how, from, until }) =>
        who === replica && from <= end + slack && until >= begin - slack && (how === 'hang' || !isSilence(broken)),
    )
    return isExcused ? undefined : `${call}: ${broken}, although the replica was running`
  }
  if (status === 200) return undefined
  if (status !== 502) return `${call} was answered with ${status} ${text.slice(0, 300)}`
  if (!isStackOneError(text)) return `${call}: the 502 lacks StackOne's body: ${text.slice(0, 300)}`
  if (!headers['x-sandbox-hint']) return `${call}: the 502 has no hint`
  // A replica that hung can answer only once it continues, and then finds that Redis has not answered in time.
  const wentOn = hangsUntil(history, replica, begin, end)
  const ms = Math.round(end - Math.max(begin, ...wentOn))
  if (ms > mostTo502 + slack) return `${call}: the 502 took ${ms} ms`
  if (!wasAway(history, begin - recovery, end, 'redis') && wentOn.length === 0)
    return `${call}: 502, although Redis was running: ${text.slice(0, 300)}`
}

/**
 * When a replica that hung during a call, or just before it, continued.
 *
 * @type {(history: import('../history').History, replica: number, begin: number, end: number) => number[]}
 */
const hangsUntil = ({ away }, replica, begin, end) =>
  away.flatMap(({ who, how, until }) =>
    who === replica && how === 'hang' && until >= begin - recovery && until <= end ? [until] : [],
  )

/** A killed replica resets the connection; only one that hangs stays silent. @param {string} broken */
const isSilence = (broken) => broken.startsWith('no answer')

/** @param {string} text */
function isStackOneError(text) {
  try {
    const { statusCode, message, timestamp } = JSON.parse(text)
    return statusCode === 502 && typeof message === 'string' && !Number.isNaN(Date.parse(timestamp))
  } catch {
    return false
  }
}
