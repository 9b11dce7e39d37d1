'use strict'

/**
 * Calls `measure` for each item in each round, so that a slow moment of the machine hits all items alike. Each round
 * begins with another item, so that none always follows the same one.
 *
 * @template Item, Measured
 * @param {Item[]} items
 * @param {number} rounds
 * @param {(item: Item, round: number) => Promise<Measured>} measure
 * @returns {Promise<Map<Item, Measured[]>>}
 */
exports.inRounds = async function (items, rounds, measure) {
  const measured = new Map(items.map((item) => [item, []]))
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < items.length; turn++) {
      const item = items[(round + turn) % items.length]
      measured.get(item).push(await measure(item, round))
    }
  }
  return measured
}
