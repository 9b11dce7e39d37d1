'use strict'

const { once } = require('node:events')
const { createWriteStream } = require('node:fs')
const { join } = require('node:path')
const { createInterface } = require('node:readline')
const { spawnKept } = require('./kept-process')
const { steadyPort } = require('./steady-port')

const cli = join(__dirname, '../dist/cli.js')
/** Milliseconds, longer than a replica tries to reach its Redis. */
const patience = 20_000
const patienceAtEnd = 5_000

/**
 * @typedef {object} Replica
 * @property {string} name
 * @property {string} url The same after each restart.
 * @property {() => number | undefined} pid
 * @property {() => boolean} isRunning
 * @property {() => Promise<void>} start Waits until it is ready.
 * @property {() => Promise<void>} stop Stops it gracefully and waits until it has ended.
 * @property {() => Promise<void>} kill
 * @property {() => void} hang Suspends the process: connections are accepted, but nothing is answered.
 * @property {() => void} goOn
 * @property {() => Promise<NodeJS.MemoryUsage>} memory Its memory usage; only with `tellsMemory`.
 */

/**
 * A sandbox in a separate process, not yet started.
 *
 * @param {object} settings
 * @param {string} settings.name
 * @param {NodeJS.ProcessEnv} settings.env
 * @param {string} settings.logFile
 * @param {boolean} [settings.tellsMemory]
 * @returns {Promise<Replica>}
 */
exports.replica = async function ({ name, env, logFile, tellsMemory = false }) {
  const port = await steadyPort()
  const log = createWriteStream(logFile, { flags: 'a' })
  /** @type {ReturnType<typeof spawnKept> | undefined} */
  let server

  async function start() {
    const args = tellsMemory ? ['--require', join(__dirname, 'tell-memory.js'), cli] : [cli]
    const started = (server = spawnKept(process.execPath, args, {
      env: { ...inheritedEnv(), ...env, PORT: String(port), HOST: '127.0.0.1' },
      stdio: ['ignore', 'pipe', 'pipe', ...(tellsMemory ? [/** @type {const} */ ('ipc')] : [])],
    }))
    for (const stream of [started.child.stdout, started.child.stderr]) stream?.pipe(log, { end: false })
    await isReady(started).catch(async (error) => {
      await end('SIGKILL')
      throw new Error(`${name} ${error.message}; see ${logFile}`)
    })
  }

  /** @param {NodeJS.Signals} signal */
  async function end(signal) {
    server?.signal(signal)
    const timer = setTimeout(() => server?.signal('SIGKILL'), patienceAtEnd)
    await server?.ended.catch(() => undefined)
    clearTimeout(timer)
  }

  return {
    name,
    url: `http://127.0.0.1:${port}`,
    pid: () => server?.child.pid,
    isRunning: () => server?.isRunning() ?? false,
    start,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    hang: () => server?.signal('SIGSTOP'),
    goOn: () => server?.signal('SIGCONT'),
    async memory() {
      const { child } = /** @type {ReturnType<typeof spawnKept>} */ (server)
      child.send('memory')
      const [memory] = await once(child, 'message')
      return memory
    },
  }
}

/** @param {ReturnType<typeof spawnKept>} started */
function isReady({ child, ended }) {
  const output = /** @type {import('node:stream').Readable} */ (child.stdout)
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`was not ready within ${patience} ms`)), patience)
    const lines = createInterface({ input: output })
    lines.on('line', (line) => {
      if (!line.includes('"msg":"ready"')) return
      clearTimeout(timer)
      lines.close()
      // Further output goes only to the log.
      output.resume()
      resolve(undefined)
    })
    ended.then(
      ([code, signal]) => reject(new Error(`ended with ${code ?? signal} before it was ready`)),
      (error) => reject(new Error(`could not be started: ${error.message}`)),
    )
  })
}

/** The environment without settings from the caller's shell. */
const inheritedEnv = () =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(SANDBOX_.*|PORT|HOST|LOG_LEVEL|NODE_.*)$/.test(name)),
  )
