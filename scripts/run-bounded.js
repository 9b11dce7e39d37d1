'use strict'

/**
 * Runs `main`, and ends the process in every case: with its result, on an error, after `patience` milliseconds, and on
 * Ctrl-C. Child processes end with it: see kept-process.js.
 *
 * @param {number} patience
 * @param {() => Promise<boolean>} main Resolves to whether it succeeded.
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
