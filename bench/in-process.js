'use strict'

const { execFileSync } = require('node:child_process')
const { median } = require('./median')
const { progress } = require('./progress')

/** @typedef {{ firstMs: number, secondMs: number, closeMs: number }} InProcess */

/** What a test file does: prints how long a start, a close and another start take. */
const script = `
const { startSandbox } = require(${JSON.stringify(require.resolve('../dist'))})
const timed = async (work) => {
  const begin = performance.now()
  const result = await work()
  return [result, performance.now() - begin]
}
const measure = async () => {
  const [first, firstMs] = await timed(() => startSandbox())
  const [, closeMs] = await timed(() => first.close())
  const [second, secondMs] = await timed(() => startSandbox())
  await second.close()
  console.log(JSON.stringify({ firstMs, secondMs, closeMs }))
}
measure()`

/**
 * Milliseconds of the first and the second start in a process, and of a close with nothing under way; medians.
 *
 * @param {{ spawns: number }} plan
 * @param {string[]} pinned
 * @returns {Promise<InProcess>}
 */
exports.measureInProcess = async function ({ spawns }, pinned) {
  const [command, ...args] = [...pinned, process.execPath, '--eval', script]
  const runs = Array.from({ length: spawns }, () => {
    const run = /** @type {InProcess} */ (JSON.parse(execFileSync(command, args, { encoding: 'utf8' })))
    progress(`in a test: the second start ${run.secondMs.toFixed(1)} ms`)
    return run
  })
  const of = (/** @type {keyof InProcess} */ key) => median(runs.map((run) => run[key]))
  return { firstMs: of('firstMs'), secondMs: of('secondMs'), closeMs: of('closeMs') }
}
