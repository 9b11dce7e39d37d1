'use strict'

const { existsSync, mkdtempSync, rmSync, statfsSync } = require('node:fs')
const { tmpdir } = require('node:os')
const { join } = require('node:path')
const { setTimeout: sleep } = require('node:timers/promises')
const { Redis } = require('ioredis')
const { spawnKept } = require('./kept-process')
const { steadyPort } = require('./steady-port')

/** Milliseconds. */
const patience = 10_000
const pause = 20
const mostOfLog = 4_000

/** Where Linux keeps files in memory. */
const memory = '/dev/shm'
/** Bytes: many times what the tests write at once. */
const roomInMemory = 1 << 30

/** The server's file: Redis, or what speaks like it; undefined when there is none. */
exports.redisServer = [
  process.env['REDIS_SERVER'],
  '/usr/bin/redis-server',
  '/usr/local/bin/redis-server',
  '/opt/homebrew/bin/redis-server',
  '/usr/bin/valkey-server',
].find((path) => path !== undefined && existsSync(path))

/**
 * Where tests have a Redis write. A disk that is busy with something else makes a Redis that syncs hang for seconds, in
 * which the sandbox gives it up.
 */
exports.quickFolder = () => (existsSync(memory) && isRoomy(statfsSync(memory)) ? memory : tmpdir())

/** @param {import('node:fs').StatsFs} stats */
const isRoomy = ({ bavail, bsize }) => bavail * bsize >= roomInMemory

exports.notInstalled = 'redis-server is not installed (apt-get install redis-server)'

/**
 * Starts a Redis that writes down what it is told, on a port and in a folder of its own.
 *
 * @param {object} [options]
 * @param {string} [options.executable] Default: the first that is installed.
 * @param {string} [options.password] What clients have to know; it is in the `url`.
 * @param {'always' | 'everysec'} [options.fsync] With `always` nothing that it said yes to is lost when it is killed.
 * @param {string} [options.parentFolder] Default: the one for temporary files.
 * @param {string[]} [options.args] Further ones.
 */
exports.startRedis = async function ({
  executable = exports.redisServer,
  password,
  fsync = 'everysec',
  parentFolder = tmpdir(),
  args: furtherArgs = [],
} = {}) {
  if (executable === undefined) throw new Error(exports.notInstalled)
  const folder = mkdtempSync(join(parentFolder, 'redis-'))
  const removeFolder = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', removeFolder)
  const port = await steadyPort()
  const args = [
    ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--loglevel', 'warning'],
    ...['--appendonly', 'yes', '--appendfsync', fsync, '--save', ''],
    ...(password === undefined ? [] : ['--requirepass', password]),
    ...furtherArgs,
  ]
  /** @type {ReturnType<typeof spawnKept> | undefined} */
  let server

  /** Starts it on the same port and with what it had written down, and waits until it answers. */
  const start = async () => {
    const started = (server = spawnKept(executable, args, { stdio: ['ignore', 'pipe', 'pipe'] }))
    let log = ''
    for (const stream of [started.child.stdout, started.child.stderr]) {
      stream?.on('data', (chunk) => (log = (log + chunk).slice(-mostOfLog)))
    }
    const deadline = performance.now() + patience
    while (!(await answers(port, password))) {
      const isOver = performance.now() > deadline
      if (started.isRunning() && !isOver) await sleep(pause)
      else {
        await kill()
        throw new Error(`${executable} ${isOver ? `did not answer within ${patience} ms` : 'ended'}:\n${log}`)
      }
    }
  }

  /** @param {NodeJS.Signals} signal */
  async function end(signal) {
    server?.signal(signal)
    const timer = setTimeout(() => server?.signal('SIGKILL'), patience)
    await server?.ended.catch(() => undefined)
    clearTimeout(timer)
  }
  const kill = () => end('SIGKILL')

  async function remove() {
    await kill()
    process.off('exit', removeFolder)
    removeFolder()
  }

  await start().catch(async (error) => {
    await remove()
    throw error
  })
  return {
    url: `redis://${password === undefined ? '' : `:${encodeURIComponent(password)}@`}127.0.0.1:${port}`,
    port,
    start,
    /** Tells it to stop, and waits until it has. */
    stop: () => end('SIGTERM'),
    kill,
    /** Has it hang: it takes connections and does not answer. */
    hang: () => server?.signal('SIGSTOP'),
    goOn: () => server?.signal('SIGCONT'),
    /** Kills it and forgets what it had written down. */
    remove,
  }
}

/**
 * Whether it answers, and has read what it had written down.
 *
 * @param {number} port
 * @param {string | undefined} password
 */
async function answers(port, password) {
  const client = new Redis({ host: '127.0.0.1', port, password, lazyConnect: true, retryStrategy: () => null })
  // What is wrong is told by `connect` too.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return (await client.ping()) === 'PONG'
  } catch {
    return false
  } finally {
    client.disconnect()
  }
}
