'use strict'

const { Command, Option } = require('commander')

/** @param {string} text */
const number = (text) => {
  const value = Number(text)
  if (!Number.isFinite(value) || value <= 0) throw new Error(`${text} is not a number above 0`)
  return value
}

/**
 * @typedef {object} SoakOptions
 * @property {number} minutes
 * @property {'memory' | 'redis' | 'both'} store
 * @property {number} replicas
 * @property {number} rate
 * @property {number} heap
 */

/** @type {(argv: string[]) => SoakOptions} */
exports.soakOptions = (argv) =>
  new Command('soak')
    .description('Loads the sandbox for minutes and checks whether memory, handles and latency level off.')
    .option('--minutes <number>', 'how long to load each store', number, 10)
    .addOption(
      new Option('--store <store>', 'which store to load').choices(['memory', 'redis', 'both']).default('both'),
    )
    .option('--replicas <number>', 'how many processes share the Redis', number, 2)
    .option('--rate <number>', 'operations a second', number, 100)
    .option('--heap <megabytes>', 'heap limit of a replica', number, 256)
    .parse(argv)
    .opts()
