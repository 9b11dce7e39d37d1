'use strict'

const { Parser } = require('tap-parser')

/** Diffs are cut off after this line. */
const mostOfDiff = 16

/**
 * The failed assertions of a test run, as a short list.
 *
 * @param {string} output What tap printed.
 * @returns {string[]} For each: its test, its place, and what was found instead of what was expected.
 */
exports.failedAssertions = function (output) {
  /** @type {string[]} */
  const failed = []
  /** The last failure listed: the tests and files that contain it fail too, but say less. */
  let toldAlready = ''

  /** @param {Parser} parser */
  function follow(parser) {
    parser.on('child', follow)
    parser.on('assert', (/** @type {import('tap-parser').Result} */ result) => {
      if (result.ok || result.todo || result.skip) return
      const isKilled = typeof result.diag?.signal === 'string'
      const isTold = toldAlready.startsWith(`${result.fullname} > `) && !isKilled
      toldAlready = result.fullname
      if (!isTold) failed.push(described(result))
    })
  }
  const root = new Parser()
  follow(root)
  root.end(output)
  return failed
}

/** @param {import('tap-parser').Result} result */
function described({ fullname, diag }) {
  const { at, diff, hint, exitCode, signal } = diag ?? {}
  const details = [
    ...(at === undefined ? [] : [`at ${at.fileName}:${at.lineNumber}`]),
    ...(hint === undefined ? [] : [hint]),
    ...(diff === undefined ? [] : diff.trimEnd().split('\n').slice(2, mostOfDiff)),
    ...(exitCode === undefined ? [] : [`ended with ${signal ?? exitCode}`]),
  ]
  return [fullname, ...details.map((line) => `    ${line}`)].join('\n')
}
