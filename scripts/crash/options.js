'use strict'

const { Command } = require('commander')

/** @param {string} text */
const number = (text) => {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0) throw new Error(`${text} is not a whole number from 0 up`)
  return value
}

/**
 * @typedef {object} CrashOptions
 * @property {string} seed
 * @property {number} kills
 * @property {number} clients
 */

/** @type {(argv: string[]) => CrashOptions} */
exports.crashOptions = (argv) =>
  new Command('crash')
    .description('Kills a sandbox with a state file at random moments, and compares what is there after each restart.')
    .option('--seed <text>', 'determines what clients send, and when the sandbox is killed', '1')
    .option('--kills <number>', 'how often it is killed or stopped', number, 200)
    .option('--clients <number>', 'how many clients order concurrently, each for an account', number, 4)
    .parse(argv)
    .opts()
