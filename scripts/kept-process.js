'use strict'

const { spawn } = require('node:child_process')
const { once } = require('node:events')
const { existsSync } = require('node:fs')

/** Has Linux end a process with the one that started it, even when that one is killed. */
const withParent = existsSync('/usr/bin/setpriv') ? ['/usr/bin/setpriv', '--pdeathsig', 'KILL'] : []

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set()

process.on('exit', () => {
  for (const child of running) signalGroup(child, 'SIGKILL')
})

/**
 * Starts a process that ends with this one at the latest. It leads a group of its own, so that a signal reaches what it
 * starts and nothing else, and so that Ctrl-C leaves its end to us.
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
    /** Resolves when it has ended; rejects when it could not be started. */
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
  // Once it has ended, its number may be another's.
  if (pid === undefined || exitCode !== null || signalCode !== null) return
  try {
    process.kill(-pid, signal)
  } catch {
    // It is just ending.
  }
}
