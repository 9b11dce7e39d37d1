'use strict'

const { Command, Option } = require('commander')

/** @param {string} text */
const number = (text) => {
  const value = Number(text)
  if (!Number.isFinite(value) || value < 0) throw new Error(`${text} is not a number from 0 up`)
  return value
}

/**
 * @typedef {object} ChaosOptions
 * @property {string} seed
 * @property {number} seconds
 * @property {number} replicas
 * @property {number} clients
 * @property {'redis' | 'memory'} store
 */

/** @type {(argv: string[]) => ChaosOptions} */
exports.chaosOptions = (argv) =>
  new Command('chaos')
    .description('Checks that the sandbox keeps its promises while replicas and their Redis are killed.')
    .option('--seed <text>', 'determines who is killed when, and which attempts fail', '1')
    .option('--seconds <number>', 'how long failures go on', number, 90)
    .option('--replicas <number>', 'how many processes share the Redis', number, 3)
    .option('--clients <number>', 'how many clients order concurrently', number, 12)
    .addOption(
      new Option('--store <store>', 'memory: one replica, and only the receiver fails, to try out the checks')
        .choices(['redis', 'memory'])
        .default('redis'),
    )
    .parse(argv)
    .opts()
