import { Cluster, Redis, type RedisOptions } from 'ioredis'
import type { Logger } from 'pino'
import { errors } from '../../errors'
import { inTime, passRealTime, realNow } from '../../real-time'
import { k, type Channel, type KeyName } from './keys'
import { isOfStranger, repair } from './repair'
import { type Script, script } from './script'

/** A connection to Redis, or to a cluster of them. */
export type Connection = Redis | Cluster

/** How a connection is made. */
export type LinkOptions = Omit<RedisOptions, 'replyMapping'>

const writeSomething = script('sandboxWriteSomething', `call('set', ${k.ready}, 1, 'px', 1000)`)

/** The connection shared by all parts of the store. */
export interface Link {
  /** Where it is, without credentials: `127.0.0.1:6379`. */
  readonly at: string
  /** What all keys and channels begin with. */
  readonly prefix: string
  /** A key or a channel as Redis knows it. */
  key(name: KeyName | Channel): string
  readonly isCluster: boolean
  /** Milliseconds of real time that Redis gets to answer. */
  readonly patience: number
  /** Runs `script` with `args`. Throws `storeAway` when Redis does not answer in time or can do nothing now. */
  run(script: Script, ...args: readonly (string | number)[]): Promise<unknown>
  /** As `run`, for a plain command. */
  command(name: string, ...args: readonly (string | number)[]): Promise<unknown>
  /** Another connection, for what listens or blocks. Whoever asks for it ends it. */
  connect(options?: LinkOptions): Connection
  /** Resolves once `connection` answers; throws an Error that says what to do when it does not in time, and ends it. */
  begin(connection: Connection): Promise<void>
  /** Why nothing can be stored now; null when all is well. */
  whyAway(): Promise<string | null>
  /** Logs, once, that what stands at `key` is none of the sandbox's, so that it is passed over. */
  unreadable(key: string): void
  /** Calls `listener` each time that Redis can be reached again. */
  onBack(listener: () => void): void
  /** Has everything from now on fail with `why`: the data is not for this process any more. */
  giveUp(why: string): void
  close(): void
}

/** Milliseconds of real time that Redis gets: to be there at the start, and to answer if nothing else is said. */
const patienceAtStart = 10_000
const betweenTries = 500
const usualPatience = 1_200
/** Milliseconds after which a connection without an answer counts as dead: its other end may be gone without a word. */
const longestSilence = 3_000
/** The most unreadable keys that are logged. */
const mostTold = 1_000
/** Milliseconds between two tries in a cluster that is being changed: all its sixteen tries end within `patience`. */
const betweenRedirections = 50

/** Which Redis to connect to, and what the user calls the setting that says so. */
export interface LinkTarget {
  url: string
  prefix: string
  name: string
  /** Milliseconds of real time that Redis gets to answer; undefined: as long as clients may wait. */
  patience?: number | undefined
}

/**
 * Connects to the Redis or Valkey at `url`, single or one of a cluster. Waits some seconds for one that does not answer
 * yet, and then throws an Error that says what to do; a wrong password is told at once.
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
    // What was sent may have been done: it is for the client to repeat it.
    autoResendUnfulfilledCommands: false,
    retryStrategy: (times) => Math.min(50 * times, 500),
  }

  function connect(own: LinkOptions = {}): Connection {
    const all = { ...options, ...own }
    const connection: Connection = isCluster ? clusterAt(url, all) : new Redis(url, all)
    // Told below, once, and not at each try to connect again.
    connection.on('error', () => undefined)
    return connection
  }

  /** On a busy machine the first answer may take longer than those that follow may. */
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
        `The cluster of Redis at ${at} cannot be used: ${why}. Its nodes have to announce addresses that can be ` +
          'reached from here (cluster-announce-ip), and to have all slots between them.',
      )
    }
  }

  const client = connect()
  await begin(client)
  // Otherwise what was answered with 502 would wait for the cluster, and be carried out later.
  if (client instanceof Cluster) client.options.enableOfflineQueue = false
  const commands = client as unknown as Record<string, unknown>
  let isAway = false
  client.on('close', () => {
    if (!isAway) logger.warn({ at }, 'Redis is away: what needs it is answered with 502')
    isAway = true
  })
  client.on('ready', () => {
    if (isAway) logger.info({ at }, 'Redis is back')
    isAway = false
  })

  let givenUp: string | null = null
  // A cluster has no deadline of its own.
  const inTimeOf = (ask: () => Promise<unknown>) => inTime(ask(), patience, () => new Error('Command timed out'))

  async function explained(ask: () => Promise<unknown>): Promise<unknown> {
    try {
      return await inTimeOf(ask).catch(async (error: unknown) => {
        if (!isOfStranger(error as Error)) throw error
        const keys = (await inTimeOf(() => runScript(repair))) as string[]
        // None are there when another process was quicker.
        keys.forEach(unreadable)
        return inTimeOf(ask)
      })
    } catch (error) {
      if (isPassing(error as Error)) throw errors.storeAway(at, (error as Error).message)
      // It holds what was to be stored, secrets too, and may be logged.
      throw Object.assign(error as Error, { command: undefined })
    }
  }

  const told = new Set<string>()
  function unreadable(key: string) {
    if (told.has(key) || told.size >= mostTold) return
    told.add(key)
    logger.warn({ key: `{${prefix}}:${key}` }, 'not readable in Redis, and passed over: who put that there?')
  }

  function runScript({ name, lua }: Script, ...args: readonly (string | number)[]): Promise<unknown> {
    if (commands[name] === undefined) client.defineCommand(name, { numberOfKeys: 2, lua })
    if (givenUp !== null) return Promise.reject(errors.storeAway(at, givenUp))
    const keys = [`{${prefix}}:`, `{${prefix}}:version`]
    return Reflect.apply(commands[name] as () => unknown, client, [...keys, ...args]) as Promise<unknown>
  }

  const run: Link['run'] = (...call) => explained(() => runScript(...call))

  let asked: Promise<string | null> | undefined
  /** Writes something: it may be that Redis can be read alone, as one that is full, a replica, or without a disk. */
  const probeWriting = () =>
    run(writeSomething).then(
      () => null,
      (error: unknown) => (error as Error).message,
    )

  // Before it is closed the connection tells that it is: that is no news then.
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
    // One at a time, however many ask: it costs a write.
    whyAway: () => (asked ??= probeWriting().finally(() => (asked = undefined))),
    onBack(listener) {
      client.on('ready', listener)
    },
    giveUp(why) {
      if (givenUp === null) logger.error({ at }, `nothing is stored any more: ${why}`)
      givenUp = why
    },
    close,
  }
}

/** Whether Redis is one of a cluster. Tries until it answers or the time is over. */
async function probe(
  url: string,
  { at, name, patience, logger }: { at: string; name: string; patience: number; logger: Logger },
): Promise<boolean> {
  const end = realNow() + patienceAtStart
  let isWaiting = false
  for (;;) {
    const once = new Redis(url, { lazyConnect: true, connectTimeout: 2_000, retryStrategy: () => null })
    let why = ''
    once.on('error', ({ message }: Error) => (why = message))
    try {
      const asked = once.connect().then(() => once.info())
      const info = await inTime(asked, patience, () => new Error('no answer'))
      const policy = /^maxmemory_policy:(?!noeviction)(\S+)/m.exec(info)?.[1]
      if (policy !== undefined) {
        logger.warn({ at, policy }, 'Redis may forget orders when its memory is full: set maxmemory-policy noeviction')
      }
      if (isWaiting) logger.info({ at }, 'Redis is there')
      return info.includes('cluster_enabled:1')
    } catch (error) {
      why ||= (error as Error).message
    } finally {
      once.disconnect()
    }
    why = why.replace(/\.+$/, '')
    if (why.startsWith('NOAUTH')) {
      throw new Error(`Redis at ${at} needs a password (NOAUTH): put it into ${name}, as in redis://:PASSWORD@${at}.`)
    }
    if (/^(WRONGPASS|NOPERM|ERR AUTH)/.test(why)) {
      throw new Error(`Redis at ${at} refuses the sandbox: ${why}. Fix the user or the password in ${name}.`)
    }
    if (why.includes('RESP')) throw new Error(`What answers at ${at} is not Redis: start one there, or change ${name}.`)
    if (realNow() >= end) {
      throw new Error(`Redis at ${at} cannot be reached: ${why}. Start it, or change ${name}.`)
    }
    if (!isWaiting) logger.warn({ at, error: why }, 'waiting for Redis, for ten seconds at most')
    isWaiting = true
    await passRealTime(betweenTries)
  }
}

/** Where a Redis is, by its address. */
export function addressOf(url: string): { host: string; port: number } {
  const { hostname, port } = new URL(url)
  return { host: hostname, port: port === '' ? 6379 : Number(port) }
}

/** What the nodes of a cluster are asked for, by the address of one of them. */
export function credentialsOf(url: string): Pick<LinkOptions, 'username' | 'password' | 'tls'> {
  const { username, password, protocol } = new URL(url)
  return {
    ...(username !== '' && { username: decodeURIComponent(username) }),
    ...(password !== '' && { password: decodeURIComponent(password) }),
    ...(protocol === 'rediss:' && { tls: {} }),
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

/** Whether it may go away by itself: what Redis answers to a wrong command does not. */
const isPassing = ({ name, message }: Error) =>
  name !== 'ReplyError' ||
  /^(LOADING|MISCONF|READONLY|OOM|CLUSTERDOWN|MASTERDOWN|TRYAGAIN|NOAUTH|BUSY|NOREPLICAS|NOPERM|WRONGPASS|ERR max|ERR The user executing)/.test(
    message,
  )
