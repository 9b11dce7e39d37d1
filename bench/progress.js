'use strict'

const begin = performance.now()

/** @param {string} text Written to stderr, so that stdout has only the report. */
exports.progress = (text) => {
  const seconds = Math.round((performance.now() - begin) / 1000)
  process.stderr.write(`${String(seconds).padStart(4)} s  ${text}\n`)
}
