'use strict'

/**
 * Runs `main`, and ends the process whatever happens: with its answer, when it fails, when it takes longer than
 * `patience` milliseconds, and on Ctrl-C. What it started ends with the process: see kept-process.js.
 *
 * @param {number} patience
 * @param {() => Promise<boolean>} main Resolves to whether all is well.
 */
exports.runBounded = function (patience, main) {
  const fail = (/** @type {Error} */ error) => {
    process.stderr.write(`${error.stack}\n`)
    process.exit(1)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130))
  setTimeout(() => fail(new Error(`not done after ${Math.round(patience / 1000)} s`)), patience).unref()
  main().then((isWell) => process.exit(isWell ? 0 : 1), fail)
}
