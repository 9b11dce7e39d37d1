'use strict'

const { execFileSync } = require('node:child_process')
const { availableParallelism } = require('node:os')

const serverCore = '0'
const loadCore = '1'

/**
 * Pins the servers and the load generator, which is this process, to a core each, so that they don't compete.
 *
 * @returns {string[]} The prefix of a server's command; empty without `taskset` or without a second core.
 */
exports.pinCores = function () {
  if (availableParallelism() < 2) return []
  try {
    execFileSync('taskset', ['-c', serverCore, 'true'], { stdio: 'ignore' })
    execFileSync('taskset', ['-a', '-c', '-p', loadCore, String(process.pid)], { stdio: 'ignore' })
    return ['taskset', '-c', serverCore]
  } catch {
    return []
  }
}
