'use strict'

const { execFileSync, spawn } = require('node:child_process')
const { once } = require('node:events')
const { closeSync, mkdtempSync, openSync, rmSync } = require('node:fs')
const { tmpdir } = require('node:os')
const { join } = require('node:path')
const { firstAnswer } = require('./first-answer')
const { steadyPort } = require('../scripts/steady-port')

/**
 * @typedef {object} RunningServer
 * @property {string} url
 * @property {number} firstAnswerMs From the spawn to the first answered order.
 * @property {() => number} rssMiB
 * @property {() => Promise<void>} stop
 */

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set()
const folder = mkdtempSync(join(tmpdir(), 'sandbox-bench-'))

process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

/**
 * Starts a server and waits for its first answer. Its output goes to a file, like a log.
 *
 * @param {import('./servers').ServerKind} kind
 * @param {string[]} pinned The prefix of the command.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<RunningServer>}
 */
exports.startServer = async function ({ name, script, env: ownEnv, keepsState = false }, pinned, env) {
  const port = await steadyPort()
  const outPath = join(folder, `${port}.out`)
  const out = openSync(outPath, 'w')
  const state = join(folder, `${port}.state`)
  const [command, ...args] = [...pinned, process.execPath, script]

  const begin = performance.now()
  const child = spawn(command, args, {
    env: { ...inheritedEnv(), ...ownEnv, ...(keepsState && { SANDBOX_STATE: state }), ...env, PORT: String(port) },
    stdio: ['ignore', out, 'inherit'],
  })
  running.add(child)
  closeSync(out)
  const ended = once(child, 'exit').then(
    () => running.delete(child),
    () => running.delete(child),
  )

  async function stop() {
    child.kill('SIGKILL')
    await ended
    rmSync(outPath)
    rmSync(state, { force: true })
  }

  try {
    await firstAnswer(port, () => running.has(child))
  } catch (error) {
    throw new Error(`${name} did not start: ${/** @type {Error} */ (error).message}`)
  }
  return {
    url: `http://127.0.0.1:${port}`,
    firstAnswerMs: performance.now() - begin,
    rssMiB: () => Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)], { encoding: 'utf8' })) / 1024,
    stop,
  }
}

/** The environment without settings from the caller's shell, which would affect the measurement. */
const inheritedEnv = () =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(SANDBOX_.*|PORT|HOST|LOG_LEVEL|NODE_.*)$/.test(name)),
  )
