'use strict'

const begin = performance.now()

/** @param {string} text A line for whoever waits; on stderr, so that stdout is the report alone. */
exports.progress = (text) => {
  const seconds = Math.round((performance.now() - begin) / 1000)
  process.stderr.write(`${String(seconds).padStart(4)} s  ${text}\n`)
}
