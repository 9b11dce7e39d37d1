'use strict'

const { Parser } = require('tap-parser')

/** Lines of what was found and wanted. */
const mostOfDiff = 16

/**
 * What failed in a run of the tests, as a list that is read in a minute.
 *
 * @param {string} output What tap printed.
 * @returns {string[]} For each assertion: where it is, in which test, and what was found in place of what was wanted.
 */
exports.failedAssertions = function (output) {
  /** @type {string[]} */
  const failed = []
  /** Tests and files fail with what is in them, which tells more. */
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
