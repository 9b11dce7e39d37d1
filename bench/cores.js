'use strict'

const { execFileSync } = require('node:child_process')
const { availableParallelism, cpus } = require('node:os')

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

/**
 * What a command is to begin with so that the system chooses its core, although this process is bound to one.
 *
 * @param {string[]} pinned What `pinCores` returned.
 */
exports.anyCore = (pinned) => (pinned.length === 0 ? [] : ['taskset', '-c', `0-${cpus().length - 1}`])
