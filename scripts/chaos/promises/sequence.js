'use strict'

const { firstSnapshot, groupBy } = require('../history')

/** @typedef {import('../history').History} History */
/** @typedef {import('../history').Arrival} Arrival */
/** @typedef {import('../history').Group<Arrival>} Arrivals Of one delivery to one endpoint. */

/** Milliseconds in which a replica that is well has written down what a receiver answered. */
const timeToNote = 2_000
/** Milliseconds after which nobody goes on any more with what was under way when it began to hang. */
const timeToGoOn = 5_000

/**
 * Deliveries about one order to one endpoint don't overtake each other, and each sends the same bytes whenever it comes.
 *
 * Delivered is at least once: who sends may die after the receiver has answered and before that is written down, and
 * then it is sent again. So this is to hold:
 *
 * - A delivery comes for the first time only after the one before has ended: was taken (answered with 2xx), or has
 *   failed for good, which the sandbox says of it and its five attempts show.
 * - What was taken comes again only if somebody was away just after it was taken: a replica, which may have been the
 *   one to write it down, or Redis, where it is written. Such a repeat may even come after a later delivery, when the
 *   sender was held up between its claim and the sending while another replica took over; the receiver knows it by its
 *   `x-sandbox-delivery`. Other repeats are a breach.
 *
 * And nobody sends what another is just sending, unless that one hangs: it can't notice then that it lost its turn.
 *
 * @param {import('../history').EndedHistory} history
 * @returns {string[]} What breaks that.
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

/** Arrivals of what had been taken before. @param {Arrival[]} arrivals Of one delivery. */
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
  new Set(arrivals.map(({ digest }) => digest)).size === 1 ? [] : [`${nameOf(arrivals[0])} came with different bytes`]

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
    : [`${nameOf(arrivals[0])} came ${count} times more after it was taken, and nobody was away then`]
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
    return [`${nameOf(later)} came at ${Math.round(later.at)}, while it was being sent already`]
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
  return [`${nameOf(later[0])} came at ${Math.round(at)}, before ${nameOf(earlier[0])} had ended: ${answers}`]
}
