'use strict'

/**
 * Calls `measure` for each item in each round, so that a slow moment of the machine affects all items alike. Each round
 * begins with a different item, so that none always follows the same one.
 *
 * @template Item, Measured
 * @param {readonly Item[]} items
 * @param {number} rounds
 * @param {(item: Item, round: number) => Promise<Measured>} measure
 * @returns {Promise<Map<Item, Awaited<Measured>[]>>}
 */
exports.inRounds = async function (items, rounds, measure) {
  /** @type {Map<Item, Awaited<Measured>[]>} */
  const measured = new Map(items.map((item) => [item, []]))
  for (let round = 0; round < rounds; round++) {
    const first = round % items.length
    for (const item of [...items.slice(first), ...items.slice(0, first)]) {
      measured.get(item)?.push(await measure(item, round))
    }
  }
  return measured
}
