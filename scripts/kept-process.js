'use strict'

const { spawn } = require('node:child_process')
const { once } = require('node:events')
const { existsSync } = require('node:fs')

/** Makes Linux kill a process when its parent ends, even if the parent is killed. */
const withParent = existsSync('/usr/bin/setpriv') ? ['/usr/bin/setpriv', '--pdeathsig', 'KILL'] : []

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set()

process.on('exit', () => {
  for (const child of running) signalGroup(child, 'SIGKILL')
})

/**
 * Starts a process that never outlives this one. It leads a separate process group, so that signals reach what it
 * starts and nothing else, and so that Ctrl-C does not reach it directly.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
exports.spawnKept = function (command, args, options) {
  const [first = command, ...others] = [...withParent, command, ...args]
  const child = spawn(first, others, { ...options, detached: true })
  running.add(child)
  const ended = once(child, 'exit').finally(() => running.delete(child))
  ended.catch(() => undefined)
  return {
    child,
    /** Resolves when the process has ended; rejects if it could not be started. */
    ended,
    isRunning: () => running.has(child),
    /** @param {NodeJS.Signals} signal */
    signal: (signal) => signalGroup(child, signal),
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function signalGroup({ pid, exitCode, signalCode }, signal) {
  // Once it has ended, another process may have its id.
  if (pid === undefined || exitCode !== null || signalCode !== null) return
  try {
    process.kill(-pid, signal)
  } catch {
    // It has just ended.
  }
}
