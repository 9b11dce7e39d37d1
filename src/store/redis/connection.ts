import { Cluster, Redis, type RedisOptions } from 'ioredis'
import type { Logger } from 'pino'
import { errors } from '../../errors'
import { inTime } from '../../real-time'
import { addressOf, credentialsOf } from './address'
import { k, type Channel, type KeyName } from './keys'
import { patienceAtStart, probe } from './probe'
import { isOfStranger, repair } from './repair'
import { type Script, script } from './script'

/** A connection to Redis, or to a cluster of them. */
export type Connection = Redis | Cluster

/** Options of a connection. */
export type LinkOptions = Omit<RedisOptions, 'replyMapping'>

const writeSomething = script('sandboxWriteSomething', `call('set', ${k.ready}, 1, 'px', 1000)`)

/** The connection shared by all parts of the store. */
export interface Link {
  /** Where it is, without credentials: `127.0.0.1:6379`. */
  readonly at: string
  /** The prefix of all keys and channels. */
  readonly prefix: string
  /** A key or a channel as Redis knows it. */
  key(name: KeyName | Channel): string
  readonly isCluster: boolean
  /** Milliseconds of real time in which Redis has to answer. */
  readonly patience: number
  /** Runs `script` with `args`. Throws `storeAway` when Redis does not answer in time or cannot serve now. */
  run(script: Script, ...args: readonly (string | number)[]): Promise<unknown>
  /** As `run`, for a plain command. */
  command(name: string, ...args: readonly (string | number)[]): Promise<unknown>
  /** Another connection, for listening or blocking. The caller closes it. */
  connect(options?: LinkOptions): Connection
  /** Resolves once `connection` answers. If it does not in time, closes it and throws an Error that says what to do. */
  begin(connection: Connection): Promise<void>
  /** Whether the connection is lost: every call fails until it is back. */
  isAway(): boolean
  /** Why nothing can be stored now; null if it can. */
  whyAway(): Promise<string | null>
  /** Logs once that the value at `key` is not the sandbox's and is skipped. */
  unreadable(key: string): void
  /** Calls `listener` whenever Redis is back. */
  onBack(listener: () => void): void
  /** Makes every later call fail with `why`: this process must no longer use the data. */
  giveUp(why: string): void
  close(): void
}

/** Milliseconds of real time to wait for an answer, by default. */
const usualPatience = 1_200
/** Milliseconds without an answer after which a connection counts as dead: its peer may vanish silently. */
const longestSilence = 3_000
/** Maximum number of unreadable keys that are logged. */
const mostTold = 1_000
/** Milliseconds between two tries while a cluster is reconfigured: all sixteen fit into `patience`. */
const betweenRedirections = 50

/** Which Redis to connect to, and the user's name for that setting. */
export interface LinkTarget {
  url: string
  prefix: string
  name: string
  /** Milliseconds of real time in which Redis has to answer; undefined: as long as clients may wait. */
  patience?: number | undefined
}

/**
 * Connects to the Redis or Valkey at `url`, standalone or a node of a cluster. Waits some seconds for one that does not
 * answer yet, then throws an Error that says what to do; a wrong password fails immediately.
 */
export async function openLink(
  { url, prefix, name, patience = usualPatience }: LinkTarget,
  logger: Logger,
): Promise<Link> {
  const { host, port } = addressOf(url)
  const at = `${host}:${String(port)}`
  const longestStart = Math.max(patienceAtStart, patience)
  const isCluster = await probe(url, { at, name, patience, logger })
  const options: LinkOptions = {
    connectTimeout: Math.max(1_000, patience),
    commandTimeout: patience,
    socketTimeout: Math.max(longestSilence, patience),
    maxRetriesPerRequest: 2,
    // A command that was sent may have been executed: repeating it is up to the client.
    autoResendUnfulfilledCommands: false,
    retryStrategy: (times) => Math.min(50 * times, 500),
  }

  function connect(own: LinkOptions = {}): Connection {
    const all = { ...options, ...own }
    const connection: Connection = isCluster ? clusterAt(url, all) : new Redis(url, all)
    // Logged below, once, and not at each reconnect.
    connection.on('error', () => undefined)
    return connection
  }

  /** On a busy machine the first answer may take longer than later ones may. */
  async function firstAnswer(connection: Connection): Promise<unknown> {
    try {
      return await connection.exists(`{${prefix}}:version`)
    } catch (error) {
      if ((error as Error).message !== 'Command timed out') throw error
      return firstAnswer(connection)
    }
  }

  async function begin(connection: Connection) {
    try {
      await inTime(firstAnswer(connection), longestStart, () => new Error('no answer'))
    } catch (error) {
      connection.disconnect()
      const why = (error as Error).message
      if (!isCluster) throw new Error(`Redis at ${at} cannot be used: ${why}. Fix it, or change ${name}.`)
      throw new Error(
        `The Redis cluster at ${at} cannot be used: ${why}. Its nodes must announce addresses that can be reached ` +
          'from here (cluster-announce-ip), and cover all slots between them.',
      )
    }
  }

  const client = connect()
  await begin(client)
  // Otherwise commands that were answered with 502 would wait for the cluster and run later.
  if (client instanceof Cluster) client.options.enableOfflineQueue = false
  const commands = client as unknown as Record<string, unknown>
  let isAway = false
  client.on('close', () => {
    if (!isAway) logger.warn({ at }, 'Redis is away: calls that need it get 502')
    isAway = true
  })
  client.on('ready', () => {
    if (isAway) logger.info({ at }, 'Redis is back')
    isAway = false
  })

  let givenUp: string | null = null
  // A cluster client has no deadline of its own.
  const inTimeOf = (ask: () => Promise<unknown>) => inTime(ask(), patience, () => new Error('Command timed out'))

  async function explained(ask: () => Promise<unknown>): Promise<unknown> {
    try {
      return await inTimeOf(ask).catch(async (error: unknown) => {
        if (!isOfStranger(error as Error)) throw error
        const keys = (await inTimeOf(() => runScript(repair))) as string[]
        // Empty when another process was quicker.
        keys.forEach(unreadable)
        return inTimeOf(ask)
      })
    } catch (error) {
      if (isPassing(error as Error)) throw errors.storeAway(at, (error as Error).message)
      // The command holds what was to be stored, including secrets, and the error may be logged.
      throw Object.assign(error as Error, { command: undefined })
    }
  }

  const told = new Set<string>()
  function unreadable(key: string) {
    if (told.has(key) || told.size >= mostTold) return
    told.add(key)
    logger.warn({ key: `{${prefix}}:${key}` }, 'skipping an unreadable value in Redis: which program wrote it?')
  }

  function runScript({ name, lua }: Script, ...args: readonly (string | number)[]): Promise<unknown> {
    if (commands[name] === undefined) client.defineCommand(name, { numberOfKeys: 2, lua })
    if (givenUp !== null) return Promise.reject(errors.storeAway(at, givenUp))
    const keys = [`{${prefix}}:`, `{${prefix}}:version`]
    return Reflect.apply(commands[name] as () => unknown, client, [...keys, ...args]) as Promise<unknown>
  }

  const run: Link['run'] = (...call) => explained(() => runScript(...call))

  let asked: Promise<string | null> | undefined
  /** Writes something, since Redis may be read-only: full, a replica, or without a disk. */
  const probeWriting = () =>
    run(writeSomething).then(
      () => null,
      (error: unknown) => (error as Error).message,
    )

  // The connection emits `close` for this too, which is no outage.
  const close = () => {
    isAway = true
    client.disconnect()
  }

  return {
    at,
    prefix: `{${prefix}}:`,
    key: (name) => `{${prefix}}:${name}`,
    isCluster,
    patience,
    run,
    command: (name, ...args) => explained(() => client.call(name, ...args.map(String))),
    connect,
    begin,
    unreadable,
    isAway: () => isAway,
    // One probe at a time, however many callers: it costs a write.
    whyAway: () => (asked ??= probeWriting().finally(() => (asked = undefined))),
    onBack(listener) {
      client.on('ready', listener)
    },
    giveUp(why) {
      if (givenUp === null) logger.error({ at }, `storing has stopped: ${why}`)
      givenUp = why
    },
    close,
  }
}

const clusterAt = (url: string, { retryStrategy, ...redisOptions }: LinkOptions): Cluster =>
  new Cluster([addressOf(url)], {
    slotsRefreshTimeout: 1_000,
    retryDelayOnFailover: betweenRedirections,
    retryDelayOnClusterDown: betweenRedirections,
    retryDelayOnTryAgain: betweenRedirections,
    redisOptions: { ...redisOptions, ...credentialsOf(url) },
  })

/** Whether the error may pass by itself, unlike Redis's answer to a wrong command. */
const isPassing = ({ name, message }: Error) =>
  name !== 'ReplyError' ||
  /^(LOADING|MISCONF|READONLY|OOM|CLUSTERDOWN|MASTERDOWN|TRYAGAIN|NOAUTH|BUSY|NOREPLICAS|NOPERM|WRONGPASS|ERR max|ERR The user executing)/.test(
    message,
  )
