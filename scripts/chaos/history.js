'use strict'

/**
 * What happened, for the promises to be held against. Instants are those of `performance.now()`.
 *
 * @typedef {object} History
 * @property {import('./plan').Trouble[]} plan What was to go wrong.
 * @property {AskedCall[]} calls
 * @property {Arrival[]} arrivals
 * @property {Away[]} away
 */

/** @typedef {History & { final: Final }} EndedHistory With what there is when all is over. */

/**
 * @typedef {object} AskedCall A call of a client.
 * @property {'order' | 'repeat' | 'result' | 'read'} what `repeat`: the same order once more, on purpose.
 * @property {string} account
 * @property {string} orderId No other order of the run has it.
 * @property {number} replica
 * @property {boolean} isMagic Whether the candidate finishes by itself.
 * @property {string} [marker] What the result that is reported can be told by.
 * @property {string[]} [expected] The markers of which a read has to show one.
 * @property {import('../http-calls').Outcome} outcome
 */

/**
 * @typedef {object} Arrival A delivery that came to the receiver, each time that it did.
 * @property {string} endpoint
 * @property {string} remoteId
 * @property {number} number
 * @property {string} orderId
 * @property {string} event
 * @property {string | null | undefined} marker
 * @property {string} digest Of its bytes.
 * @property {number} at
 * @property {'taken' | 'refused' | 'reset' | 'unheard'} answer `unheard`: the sender was gone before it was answered.
 * @property {number} answeredAt
 * @property {number} endedAt When it was answered, or its sender was gone.
 */

/**
 * @typedef {object} Away Somebody was not there.
 * @property {number | 'redis' | 'clock'} who The clock was moved: what is under way then may count as unanswered.
 * @property {'kill' | 'stop' | 'hang' | 'move'} how
 * @property {number} from
 * @property {number} until When it was there again.
 */

/**
 * @typedef {object} KeptOrder What is read of an order in a snapshot.
 * @property {string} accountId
 * @property {string} id
 * @property {string} remoteId
 * @property {string} token
 * @property {any} result JSON, or null.
 */

/**
 * @typedef {object} KeptDelivery What is read of a delivery in a snapshot.
 * @property {string} remoteId
 * @property {string} orderId
 * @property {number} number
 * @property {string} event
 * @property {string} status
 * @property {unknown[]} attempts
 */

/** @typedef {{ orders: KeptOrder[], deliveries: KeptDelivery[] }} Snapshot */

/**
 * @typedef {object} Final
 * @property {Snapshot[]} snapshots Of each replica.
 * @property {{ testUrl: string, replica: number, status: number | undefined }[]} pages
 * @property {number} dropped Deliveries that were ended, and are no longer listed.
 * @property {number} pending Deliveries that were still to be sent when nobody waited any longer.
 */

/**
 * @template T
 * @typedef {[T, ...T[]]} Group At least one item.
 */

/** @returns {History} */
exports.newHistory = () => ({ plan: [], calls: [], arrivals: [], away: [] })

/** What the first replica holds when all is over. @type {(history: EndedHistory) => Snapshot} */
exports.firstSnapshot = ({ final }) => /** @type {Snapshot} */ (final.snapshots[0])

/**
 * Whether somebody was away at some time between two instants.
 *
 * @param {History} history
 * @param {number} from
 * @param {number} until
 * @param {number | 'redis'} [who] Default: whoever.
 */
exports.wasAway = ({ away }, from, until, who) =>
  away.some((each) => (who === undefined || each.who === who) && each.from <= until && each.until >= from)

/**
 * @template T
 * @param {Iterable<T>} items
 * @param {(item: T) => string} keyOf
 * @returns {Map<string, Group<T>>}
 */
exports.groupBy = function (items, keyOf) {
  /** @type {Map<string, Group<T>>} */
  const groups = new Map()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}
