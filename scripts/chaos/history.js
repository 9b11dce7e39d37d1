'use strict'

/**
 * What happened, as the input to the promises. Instants are those of `performance.now()`.
 *
 * @typedef {object} History
 * @property {import('./plan').Trouble[]} plan The planned failures.
 * @property {AskedCall[]} calls
 * @property {Arrival[]} arrivals
 * @property {Away[]} away
 */

/** @typedef {History & { final: Final }} EndedHistory With the final state. */

/**
 * @typedef {object} AskedCall A call of a client.
 * @property {'order' | 'repeat' | 'result' | 'read'} what `repeat`: the same order again, on purpose.
 * @property {string} account
 * @property {string} orderId Unique in the run.
 * @property {number} replica
 * @property {boolean} isMagic Whether the candidate's email address finishes the test.
 * @property {string} [marker] Identifies the reported result.
 * @property {string[]} [expected] The markers, one of which a read must show.
 * @property {import('../http-calls').Outcome} outcome
 */

/**
 * @typedef {object} Arrival One arrival of a delivery at the receiver.
 * @property {string} endpoint
 * @property {string} remoteId
 * @property {number} number
 * @property {string} orderId
 * @property {string} event
 * @property {string | null | undefined} marker
 * @property {string} digest Of its bytes.
 * @property {number} at
 * @property {'taken' | 'refused' | 'reset' | 'unheard'} answer `unheard`: the sender was gone before the answer.
 * @property {number} answeredAt
 * @property {number} endedAt When it was answered, or its sender had gone.
 */

/**
 * @typedef {object} Away A replica or Redis was unavailable.
 * @property {number | 'redis' | 'clock'} who `clock`: it was advanced, which may time out attempts in progress.
 * @property {'kill' | 'stop' | 'hang' | 'move'} how
 * @property {number} from
 * @property {number} until When it was available again.
 */

/**
 * @typedef {object} KeptOrder An order in a snapshot, as far as it is read.
 * @property {string} accountId
 * @property {string} id
 * @property {string} remoteId
 * @property {string} token
 * @property {any} result JSON, or null.
 */

/**
 * @typedef {object} KeptDelivery A delivery in a snapshot, as far as it is read.
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
 * @property {number} dropped Finished deliveries that are no longer listed.
 * @property {number} pending Deliveries that were still pending when the run ended.
 */

/**
 * @template T
 * @typedef {[T, ...T[]]} Group At least one item.
 */

/** @returns {History} */
exports.newHistory = () => ({ plan: [], calls: [], arrivals: [], away: [] })

/** The final state of the first replica. @type {(history: EndedHistory) => Snapshot} */
exports.firstSnapshot = ({ final }) => /** @type {Snapshot} */ (final.snapshots[0])

/**
 * Whether a replica or Redis was away at any time between two instants.
 *
 * @param {History} history
 * @param {number} from
 * @param {number} until
 * @param {number | 'redis'} [who] Default: any of them.
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
