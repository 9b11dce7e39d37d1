'use strict'

const { execFileSync } = require('node:child_process')
const { availableParallelism } = require('node:os')

const serverCore = '0'
const loadCore = '1'

/**
 * Gives the servers and the load generator, which is this process, a core each, so that they don't take turns.
 *
 * @returns {string[]} What a server's command is to begin with; empty when there is no `taskset` or no second core.
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
