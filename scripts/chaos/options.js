'use strict'

const { Command, Option } = require('commander')

/** @param {string} text */
const number = (text) => {
  const value = Number(text)
  if (!Number.isFinite(value) || value < 0) throw new Error(`${text} is not a number from 0 on`)
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
    .description('Holds the sandbox to its promises while replicas and their Redis are killed.')
    .option('--seed <text>', 'decides who is killed when and which attempt fails', '1')
    .option('--seconds <number>', 'how long there is trouble', number, 90)
    .option('--replicas <number>', 'processes that share the Redis', number, 3)
    .option('--clients <number>', 'clients that order at once', number, 12)
    .addOption(
      new Option('--store <store>', 'memory: one replica and no trouble but the receiver, to try out the checks')
        .choices(['redis', 'memory'])
        .default('redis'),
    )
    .parse(argv)
    .opts()
