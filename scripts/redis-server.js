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

/** A file system in memory, on Linux. */
const memory = '/dev/shm'
/** Bytes; many times what the tests write at a time. */
const roomInMemory = 1 << 30

/** The executable of Redis or a compatible server; undefined if none is installed. */
exports.redisServer = [
  process.env['REDIS_SERVER'],
  '/usr/bin/redis-server',
  '/usr/local/bin/redis-server',
  '/opt/homebrew/bin/redis-server',
  '/usr/bin/valkey-server',
].find((path) => path !== undefined && existsSync(path))

/**
 * Where a Redis for tests writes its files. On a busy disk, a Redis that syncs may hang for seconds, longer than the
 * sandbox waits.
 */
exports.quickFolder = () => (existsSync(memory) && isRoomy(statfsSync(memory)) ? memory : tmpdir())

/** @param {import('node:fs').StatsFs} stats */
const isRoomy = ({ bavail, bsize }) => bavail * bsize >= roomInMemory

exports.notInstalled = 'redis-server is not installed (apt-get install redis-server)'

/**
 * Starts a Redis with an append-only file, on a free port and in a temporary folder.
 *
 * @param {object} [options]
 * @param {string} [options.executable] Default: the first one installed.
 * @param {string} [options.password] Required of clients; `url` contains it.
 * @param {'always' | 'everysec'} [options.fsync] With `always`, a kill loses nothing that Redis has acknowledged.
 * @param {string} [options.parentFolder] Default: the system's temporary folder.
 * @param {string[]} [options.args] Additional arguments.
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

  /** Starts Redis on the same port with its saved data, and waits until it answers. */
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
    /** Stops Redis gracefully and waits until it has ended. */
    stop: () => end('SIGTERM'),
    kill,
    /** Makes Redis hang: it accepts connections but does not answer. */
    hang: () => server?.signal('SIGSTOP'),
    goOn: () => server?.signal('SIGCONT'),
    /** Kills Redis and deletes its data. */
    remove,
  }
}

/**
 * Whether Redis answers, which it does only after loading its data.
 *
 * @param {number} port
 * @param {string | undefined} password
 */
async function answers(port, password) {
  const client = new Redis({ host: '127.0.0.1', port, password, lazyConnect: true, retryStrategy: () => null })
  // `connect` reports errors too.
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
