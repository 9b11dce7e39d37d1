'use strict'

const { firstSnapshot, groupBy } = require('../history')

/** @typedef {import('../history').History} History */
/** @typedef {import('../history').Arrival} Arrival */
/** @typedef {import('../history').Group<Arrival>} Arrivals Of one delivery to one endpoint. */

/** Milliseconds within which a healthy replica has recorded a receiver's answer. */
const timeToNote = 2_000
/** Milliseconds after a hang within which a replica may still finish attempts it had begun. */
const timeToGoOn = 5_000

/**
 * Deliveries of one order to one endpoint don't overtake each other, and every attempt sends the same bytes.
 *
 * Delivery is at-least-once: a sender may die after the receiver has answered and before it has recorded the answer;
 * then the delivery is sent again. So these rules must hold:
 *
 * - A delivery arrives for the first time only after the previous one has ended: it was accepted (2xx), or it failed
 *   for good, with that status and five attempts.
 * - An accepted delivery arrives again only if something was away just after it was accepted: a replica, which may have
 *   been the one to record it, or Redis, where it is recorded. Such a repeat may even arrive after a later delivery, if
 *   the sender was held up between its claim and the attempt while another replica took over; the receiver recognises
 *   it by `x-sandbox-delivery`. Other repeats are a breach.
 * - Two replicas never send the same delivery at the same time, unless one hangs and cannot notice that it lost its
 *   lease.
 *
 * @param {import('../history').EndedHistory} history
 * @returns {string[]} The breaches.
 */
exports.deliveriesKeepTheirOrder = function (history) {
  const kept = new Map(firstSnapshot(history).deliveries.map((each) => [`${each.remoteId}.${each.number}`, each]))
  return [...groupBy(history.arrivals, ({ remoteId, endpoint }) => `${remoteId} ${endpoint}`).values()].flatMap(
    (arrivals) => {
      const deliveries = [...groupBy(arrivals, ({ number }) => String(number)).values()].sort(
        ([a], [b]) => a.number - b.number,
      )
      return [
        ...deliveries.flatMap(sameBytes),
        ...deliveries.flatMap((each) => needlessRepeats(history, each)),
        ...deliveries.flatMap((each) => atOnce(history, each)),
        ...deliveries.slice(1).flatMap((each, i) => tooEarly(/** @type {Arrivals} */ (deliveries[i]), each, kept)),
      ]
    },
  )
}

/** Arrivals after the delivery had been accepted. @param {Arrival[]} arrivals Of one delivery. */
const repeats = (arrivals) => {
  const taken = takenAt(arrivals)
  return arrivals.filter(({ at }) => at > taken)
}
exports.repeats = repeats

/** @param {Arrival[]} arrivals */
const takenAt = (arrivals) => arrivals.find(({ answer }) => answer === 'taken')?.answeredAt ?? Infinity

/** @param {Arrival} arrival */
const nameOf = ({ orderId, endpoint, number }) => `${orderId} ${endpoint} ${number}`

/** @param {Arrivals} arrivals */
const sameBytes = (arrivals) =>
  new Set(arrivals.map(({ digest }) => digest)).size === 1
    ? []
    : [`${nameOf(arrivals[0])} arrived with different bytes`]

/**
 * @param {History} history
 * @param {Arrivals} arrivals
 */
function needlessRepeats(history, arrivals) {
  const taken = takenAt(arrivals)
  const count = repeats(arrivals).length
  const isExcused = history.away.some(
    ({ how, from, until }) => from <= taken + timeToNote && until + (how === 'hang' ? timeToGoOn : 0) >= taken,
  )
  return count === 0 || isExcused
    ? []
    : [`${nameOf(arrivals[0])} arrived ${count} more times after it was accepted, although nobody was away`]
}

/**
 * @param {History} history
 * @param {Arrivals} arrivals
 */
function atOnce({ away }, arrivals) {
  const inTurn = [...arrivals].sort((a, b) => a.at - b.at)
  return inTurn.slice(1).flatMap((later, i) => {
    const before = /** @type {Arrival} */ (inTurn[i])
    const isExcused = away.some(({ how, from, until }) => how === 'hang' && from <= later.at && until >= before.at)
    if (before.endedAt <= later.at || isExcused) return []
    return [`${nameOf(later)} arrived at ${Math.round(later.at)} while it was already being sent`]
  })
}

/**
 * @param {Arrivals} earlier
 * @param {Arrivals} later
 * @param {Map<string, import('../history').KeptDelivery>} kept
 */
function tooEarly(earlier, later, kept) {
  const [{ at }] = later
  if (takenAt(earlier) <= at) return []
  const { status, attempts = [] } = kept.get(`${earlier[0].remoteId}.${earlier[0].number}`) ?? {}
  const isOver = status === 'failed' && attempts.length >= 5 && earlier.every((each) => each.answeredAt <= at)
  if (isOver) return []
  const answers = earlier.map((each) => `${each.answer} at ${Math.round(each.answeredAt)}`).join(', ')
  return [`${nameOf(later[0])} arrived at ${Math.round(at)}, before ${nameOf(earlier[0])} had ended: ${answers}`]
}
