'use strict'

// Measures the steps of the first ten minutes, and prints them.

/** The seconds in which a newcomer should have a green test. */
const aim = 300

/** @typedef {{ step: string, ran: string, seconds: number, isPrepared: boolean }} Step */

/** @type {Step[]} */
const steps = []
/** By runner, how long the steps took that its green test needs. @type {[string, number][]} */
const green = []

/** @param {Step[]} of */
const sum = (of) => of.reduce((total, { seconds }) => total + seconds, 0)

/**
 * Measures a step. `isPrepared` is what the README presupposes, such as a project that uses Vitest.
 *
 * @template T
 * @param {string} step
 * @param {string} ran
 * @param {() => T | Promise<T>} run
 */
exports.timed = async function (step, ran, run, isPrepared = false) {
  const begin = performance.now()
  try {
    return await run()
  } finally {
    steps.push({ step, ran: ran.split('\n')[0] ?? '', seconds: (performance.now() - begin) / 1000, isPrepared })
  }
}

/**
 * Notes that a test is green. It needs the clone, `npm ci`, and the steps that `needs` names.
 *
 * @param {string} name
 * @param {(step: Step) => boolean} needs
 */
exports.noteGreen = function (name, needs) {
  const isNeeded = (/** @type {Step} */ step) => ['git clone', 'npm ci'].includes(step.ran) || needs(step)
  const seconds = sum(steps.filter((step) => !step.isPrepared && isNeeded(step)))
  green.push([name, seconds])
  if (seconds > aim) throw new Error(`A green test with ${name} takes ${Math.round(seconds)} s, more than ${aim} s.`)
}

exports.report = function () {
  const width = Math.max(...steps.map(({ step }) => step.length))
  const line = (/** @type {number} */ seconds, /** @type {string} */ text) =>
    console.log(`${seconds.toFixed(1).padStart(6)} s  ${text}`)
  for (const { step, ran, seconds, isPrepared } of steps)
    line(seconds, `${(isPrepared ? '(before)' : step).padEnd(width)}  ${ran.slice(0, 80)}`)
  line(sum(steps), 'altogether. A project that uses these runners already has what is marked (before).')
  console.log()
  for (const [name, seconds] of green) line(seconds, `from nothing to a green test: ${name}`)
}
