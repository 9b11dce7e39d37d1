'use strict'

const { createHash } = require('node:crypto')

/**
 * Pseudo-random choices that depend on the seed and on what is decided, not on when, so that a run repeats its choices
 * however fast the machine is.
 *
 * @param {string} seed
 */
exports.chancesOf = function (seed) {
  /**
   * @param {...(string | number)} about
   * @returns {number} From 0 to below 1.
   */
  const chance = (...about) =>
    createHash('sha1')
      .update(JSON.stringify([seed, ...about]))
      .digest()
      .readUIntBE(0, 6) /
    2 ** 48

  return {
    chance,
    /** @type {(least: number, most: number, ...about: (string | number)[]) => number} */
    between: (least, most, ...about) => least + (most - least) * chance(...about),
    /** An integer from 0 to below `count`. @type {(count: number, ...about: (string | number)[]) => number} */
    below: (count, ...about) => Math.floor(count * chance(...about)),
  }
}

/** @typedef {ReturnType<typeof exports.chancesOf>} Chances */
