'use strict'

const { createHash } = require('node:crypto')

/**
 * Chances that follow from the seed and from what is decided, and not from when: a run decides the same again, however
 * fast the machine is.
 *
 * @param {string} seed
 */
exports.chancesOf = function (seed) {
  /**
   * @param {...(string | number)} about
   * @returns {number} From 0 up to 1.
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
    /** A whole number from 0 up to `count`. @type {(count: number, ...about: (string | number)[]) => number} */
    below: (count, ...about) => Math.floor(count * chance(...about)),
  }
}

/** @typedef {ReturnType<typeof exports.chancesOf>} Chances */
