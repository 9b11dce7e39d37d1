import { isIPv6 } from 'node:net'
import { inspect } from 'node:util'
import { instantOf } from './date-time'
import { defaults } from './defaults'
import {
  type CallbackMethod,
  callbackMethods,
  type LogLevel,
  logLevels,
  type RepeatedOrders,
  repeatedOrders,
  type SandboxOptions,
} from './options'

/** One setting, as the command line, the environment, the documents and `startSandbox` know it. */
export interface Setting {
  env: string
  flag: string
  /** The flag as one letter. */
  letter?: string
  /** What the flag takes, in a word. */
  argument: string
  /** Whether the flag may stand alone, and is on then. */
  isSwitch?: true
  about: string
  /** The default as the help shows it. */
  shown: string
  /** What is accepted, in words that go on after "must be". */
  accepts: string
  /** The option's value from its text in a flag or a variable. */
  fromText: (text: string) => unknown
  /** Whether `value` is a proper value of the option. */
  isValid: (value: unknown) => boolean
  /** Whether a refused value may not be repeated in a message. */
  isSecret?: true
}

const text = (value: string): string => value
/** Upper case and spaces around a word do no harm. */
const lowerCase = (value: string): string => value.trim().toLowerCase()
const list = (value: string): string[] =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
const isWhole = (value: unknown, least: number, most: number) =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= most
const isList = (value: unknown, item: RegExp) =>
  Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string' && item.test(each))
/** Whether links can begin with it. */
export const isBaseUrl = (value: unknown): boolean =>
  isText(value) && /^https?:\/\/[^\s?#@]+$/i.test(value) && URL.canParse(value)

/** An address, and a secret after a #. */
const endpoint = /^https?:\/\/[^\s#]+(#[\x21-\x7e]+)?$/i
export const isEndpoint = (value: string): boolean => endpoint.test(value) && isPlainUrl(value)

const isPlainUrl = (value: string) => URL.canParse(value) && new URL(value).username + new URL(value).password === ''
const isTargetWord = (value: unknown) => value === 'private' || value === 'none' || value === 'any'
/** A port, a path or a word of the other kind in the list is a mistake that would block everything. */
const isHostList = (value: unknown) =>
  isList(value, /^([\w.-]+|[\da-f:.]+|\[[\da-f:.]+\])$/i) &&
  (value as string[]).every((host) => !isTargetWord(host) && (!host.includes(':') || isIPv6(withoutBrackets(host))))
const withoutBrackets = (host: string) => host.replace(/^\[(.*)\]$/, '$1')

const isRedisUrl = (value: unknown) =>
  isText(value) && /^rediss?:\/\/[^\s?#/]+\/?$/.test(value) && URL.canParse(value) && isUsable(new URL(value))

/** A percent sign of a password has to be written as %25. */
function isUsable({ hostname, username, password }: URL): boolean {
  try {
    decodeURIComponent(username + password)
    return hostname !== ''
  } catch {
    return false
  }
}

const isInstant = (value: unknown) => isText(value) && !Number.isNaN(instantOf(value))

/** What marks an API key that may only read. */
export const readOnlyEnding = '=read-only'

export type SettingName = keyof SandboxOptions

/** Every setting. */
export const settings: Readonly<Record<SettingName, Setting>> = {
  port: {
    env: 'PORT',
    flag: '--port',
    letter: '-p',
    argument: 'number',
    about: 'port to listen on; 0 picks a free one',
    shown: String(defaults.port),
    accepts: 'a whole number from 0 to 65535',
    fromText: toNumber,
    isValid: (value) => isWhole(value, 0, 65_535),
  },
  host: {
    env: 'HOST',
    flag: '--host',
    argument: 'address',
    about: 'address or name to listen on; 0.0.0.0 for all addresses',
    shown: defaults.host,
    accepts: 'an address or a host name',
    // As it stands in a web address.
    fromText: withoutBrackets,
    isValid: (value) => isText(value) && /^[\w.:%-]{1,253}$/.test(value),
  },
  tlsCert: {
    env: 'SANDBOX_TLS_CERT',
    flag: '--tls-cert',
    argument: 'file',
    about: 'PEM file with the certificate and its chain, to serve HTTPS; needs a key',
    shown: 'none',
    accepts: 'the name of a file',
    fromText: text,
    isValid: isText,
  },
  tlsKey: {
    env: 'SANDBOX_TLS_KEY',
    flag: '--tls-key',
    argument: 'file',
    about: 'PEM file with the private key of the certificate',
    shown: 'none',
    accepts: 'the name of a file',
    fromText: text,
    isValid: isText,
  },
  logLevel: {
    env: 'LOG_LEVEL',
    flag: '--log-level',
    argument: 'level',
    about: 'minimum log level',
    shown: defaults.logLevel,
    accepts: `one of ${logLevels.join(', ')}`,
    fromText: lowerCase,
    isValid: (value) => logLevels.includes(value as LogLevel),
  },
  apiKeys: {
    env: 'SANDBOX_API_KEYS',
    flag: '--api-keys',
    argument: 'list',
    about: 'accepted API keys, each key or key:password, with =read-only appended for keys that may only read',
    shown: defaults.apiKeys.join(),
    accepts:
      'a comma-separated list of key or key:password, each optionally followed by =read-only, in printable ASCII',
    fromText: list,
    isValid: (value) => isList(value, /^(?!=read-only$)[\x21-\x39\x3b-\x7e]+(:[\x20-\x7e]*)?$/),
    isSecret: true,
  },
  accounts: {
    env: 'SANDBOX_ACCOUNTS',
    flag: '--accounts',
    argument: 'list',
    about: 'known accounts, each id or id:provider, with =disabled appended for a disabled integration',
    shown: 'any account',
    accepts: 'a comma-separated list of id or id:provider, each optionally followed by =disabled, in printable ASCII',
    fromText: list,
    isValid: (value) => isList(value, /^[\x21-\x2b\x2d-\x3c\x3e-\x7e]{1,255}(=disabled)?$/i),
  },
  publicUrl: {
    env: 'SANDBOX_PUBLIC_URL',
    flag: '--public-url',
    argument: 'url',
    about: 'base URL of generated links',
    shown: 'the host that the client calls',
    accepts: 'an http:// or https:// address without query, fragment and credentials',
    fromText: text,
    isValid: isBaseUrl,
  },
  maxOrders: {
    env: 'SANDBOX_MAX_ORDERS',
    flag: '--max-orders',
    argument: 'number',
    about: 'maximum number of orders; further ones are refused',
    shown: String(defaults.maxOrders),
    accepts: 'a whole number from 1 to 10000000',
    fromText: toNumber,
    isValid: (value) => isWhole(value, 1, 10_000_000),
  },
  maxOrderBytes: {
    env: 'SANDBOX_MAX_ORDER_BYTES',
    flag: '--max-order-bytes',
    argument: 'number',
    about: 'maximum size of all orders and results in bytes; further ones are refused',
    shown: 'half of the memory, up to 1 GiB',
    accepts: 'a whole number from 1 to 1099511627776',
    fromText: toNumber,
    isValid: (value) => isWhole(value, 1, 1024 ** 4),
  },
  packages: {
    env: 'SANDBOX_PACKAGES',
    flag: '--packages',
    argument: 'file',
    about: 'JSON file with the packages on offer',
    shown: 'thirty invented packages',
    accepts: 'a JSON file with a list of packages, each with an id',
    fromText: text,
    isValid: (value) => isText(value) || Array.isArray(value),
  },
  ats: {
    env: 'SANDBOX_ATS',
    flag: '--ats',
    argument: 'file',
    about: 'JSON file with the records of the ATS',
    shown: 'an invented ATS for each account',
    accepts: 'a JSON file with lists of records by resource',
    fromText: text,
    isValid: (value) => isText(value) || (typeof value === 'object' && value !== null),
  },
  packagesUrl: {
    env: 'SANDBOX_PACKAGES_URL',
    flag: '--packages-url',
    argument: 'url',
    about: "the provider's packages endpoint, url or url#secret, which a recruiter's order asks first",
    shown: 'none; the secret is sandbox',
    accepts: 'an http:// or https:// address without credentials, optionally followed by #secret',
    fromText: text,
    isValid: (value) => isText(value) && isEndpoint(value),
    isSecret: true,
  },
  packagesAuth: {
    env: 'SANDBOX_PACKAGES_AUTH',
    flag: '--packages-auth',
    argument: 'key',
    about: 'API key for the packages endpoint, sent as HTTP Basic exactly as it is',
    shown: 'none',
    accepts: 'printable ASCII text',
    fromText: text,
    isValid: (value) => isText(value) && /^[\x20-\x7e]+$/.test(value),
    isSecret: true,
  },
  webhooks: {
    env: 'SANDBOX_WEBHOOKS',
    flag: '--webhooks',
    argument: 'list',
    about: 'webhook endpoints, each url or url#secret',
    shown: 'none; the secret is sandbox',
    accepts:
      'a comma-separated list of http:// or https:// addresses without credentials, each optionally followed by #secret',
    fromText: list,
    isValid: (value) => isList(value, endpoint) && (value as string[]).every(isPlainUrl),
    isSecret: true,
  },
  callbackTargets: {
    env: 'SANDBOX_CALLBACK_TARGETS',
    flag: '--callback-targets',
    argument: 'hosts',
    about: 'hosts that webhooks and results may be sent to',
    shown: defaults.callbackTargets,
    accepts: 'private (loopback and private addresses), none, any, or a comma-separated list of hosts',
    fromText: (value) => (isTargetWord(lowerCase(value)) ? lowerCase(value) : list(value)),
    isValid: (value) => isTargetWord(value) || isHostList(value),
  },
  callbackMethod: {
    env: 'SANDBOX_CALLBACK_METHOD',
    flag: '--callback-method',
    argument: 'method',
    about: 'HTTP method that sends results to results_update_url',
    shown: defaults.callbackMethod,
    accepts: `one of ${callbackMethods.join(', ')}`,
    fromText: (value) => value.trim().toUpperCase(),
    isValid: (value) => callbackMethods.includes(value as CallbackMethod),
  },
  strict: {
    env: 'SANDBOX_STRICT',
    flag: '--strict',
    argument: 'switch',
    isSwitch: true,
    about: 'answer 400 to likely mistakes that StackOne would accept and ignore',
    shown: defaults.strict,
    accepts: 'on or off',
    fromText: toSwitch,
    isValid: isSwitch,
  },
  repeatedOrders: {
    env: 'SANDBOX_REPEATED_ORDERS',
    flag: '--repeated-orders',
    argument: 'choice',
    about: 'how to treat an order with the id of an earlier one: the same if its body is, a conflict, or a new one',
    shown: defaults.repeatedOrders,
    accepts: `one of ${repeatedOrders.join(', ')}`,
    fromText: lowerCase,
    isValid: (value) => repeatedOrders.includes(value as RepeatedOrders),
  },
  rateLimit: {
    env: 'SANDBOX_RATE_LIMIT',
    flag: '--rate-limit',
    argument: 'number',
    about: 'calls per minute and API key (StackOne: 1000); 0 for no limit',
    shown: String(defaults.rateLimit),
    accepts: 'a whole number from 0 to 1000000',
    fromText: toNumber,
    isValid: (value) => isWhole(value, 0, 1_000_000),
  },
  journalSize: {
    env: 'SANDBOX_JOURNAL_SIZE',
    flag: '--journal-size',
    argument: 'number',
    about: 'number of requests that the journal keeps',
    shown: String(defaults.journalSize),
    accepts: 'a whole number from 0 to 100000',
    fromText: toNumber,
    isValid: (value) => isWhole(value, 0, 100_000),
  },
  journalReport: {
    env: 'SANDBOX_JOURNAL_REPORT',
    flag: '--journal-report',
    argument: 'file',
    about: 'file that the journal is written to as an HTML page when the sandbox ends',
    shown: 'none',
    accepts: 'the name of a file',
    fromText: text,
    isValid: isText,
  },
  expireAfter: {
    env: 'SANDBOX_EXPIRE_AFTER',
    flag: '--expire-after',
    argument: 'seconds',
    about: 'seconds until an unfinished order expires',
    shown: 'never',
    accepts: 'a whole number from 1 to 31536000',
    fromText: toNumber,
    isValid: (value) => isWhole(value, 1, 31_536_000),
  },
  controlToken: {
    env: 'SANDBOX_CONTROL_TOKEN',
    flag: '--control-token',
    argument: 'token',
    about: 'bearer token required for /_sandbox; none leaves it open to anyone who reaches it',
    shown: 'none, or generated at start-up',
    accepts: 'none, or printable ASCII text without spaces',
    fromText: (value) => (value.toLowerCase() === 'none' ? 'none' : value),
    isValid: (value) => isText(value) && /^[\x21-\x7e]+$/.test(value),
    isSecret: true,
  },
  metrics: {
    env: 'SANDBOX_METRICS',
    flag: '--metrics',
    argument: 'switch',
    isSwitch: true,
    about: 'serve Prometheus metrics at /metrics',
    shown: defaults.metrics,
    accepts: 'on or off',
    fromText: toSwitch,
    isValid: isSwitch,
  },
  load: {
    env: 'SANDBOX_LOAD',
    flag: '--load',
    argument: 'file',
    about: 'snapshot to start from, unless the state was kept',
    shown: 'none',
    accepts: 'the name of a file',
    fromText: text,
    isValid: isText,
  },
  state: {
    env: 'SANDBOX_STATE',
    flag: '--state',
    argument: 'file',
    about: 'file that keeps the state across restarts and crashes; created if missing',
    shown: 'none',
    accepts: 'the name of a file',
    fromText: text,
    isValid: isText,
  },
  seed: {
    env: 'SANDBOX_SEED',
    flag: '--seed',
    argument: 'text',
    about: 'makes ids and tokens repeatable (and guessable)',
    shown: 'random ids',
    accepts: 'text that is not empty',
    fromText: text,
    isValid: isText,
  },
  clock: {
    env: 'SANDBOX_CLOCK',
    flag: '--clock',
    argument: 'time',
    about: 'date-time to freeze the clock at',
    shown: 'the real time',
    accepts: 'a date-time such as 2026-01-31T09:30:00Z',
    fromText: text,
    isValid: isInstant,
  },
  store: {
    env: 'SANDBOX_STORE',
    flag: '--store',
    argument: 'store',
    about: 'where state is kept: memory, or redis://[user:password@]host[:port]',
    shown: defaults.store,
    accepts: 'memory, or an address such as redis://127.0.0.1:6379 (rediss:// for TLS), without a database number',
    fromText: (value) => (lowerCase(value) === 'memory' ? 'memory' : value.replace(/^rediss?:/i, lowerCase)),
    isValid: (value) => value === 'memory' || isRedisUrl(value),
    isSecret: true,
  },
  storePrefix: {
    env: 'SANDBOX_STORE_PREFIX',
    flag: '--store-prefix',
    argument: 'text',
    about: 'prefix of the keys in Redis, so that sandboxes can share a server',
    shown: defaults.storePrefix,
    accepts: 'letters, digits and the characters . _ - :',
    fromText: text,
    isValid: (value) => isText(value) && /^[\w.:-]{1,100}$/.test(value),
  },
}

function isSwitch(value: unknown): boolean {
  return ['on', 'off', true, false].includes(value as string)
}

/** Other words for the same are understood. */
function toSwitch(value: string): string {
  const word = lowerCase(value)
  if (['true', 'yes', '1', 'on'].includes(word)) return 'on'
  return ['false', 'no', '0', 'off'].includes(word) ? 'off' : value
}

/** Digits only, for `Number` alone would take "", "0x10" and "1e3". */
function toNumber(value: string): number {
  return /^\s*\d+\s*$/.test(value) ? Number(value) : NaN
}

/** The sentence that refuses `value` for the setting that the user knows as `name`. */
export const refusal = (name: string, { accepts, isSecret }: Setting, value: unknown): string =>
  `${name} must be ${accepts}${isSecret ? '' : `, not ${inspect(value, { breakLength: Infinity, maxStringLength: 100 })}`}.`
