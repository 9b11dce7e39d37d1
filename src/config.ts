import { totalmem } from 'node:os'
import type { CataloguePackage } from '../schemas/catalogue'
import type { ConfiguredAccount } from './accounts/accounts'
import { instantOf } from './date-time'
import { defaults, withDefaults } from './defaults'
import type { CallbackTargets } from './deliveries/target-policy'
import type { TlsFiles } from './http/tls'
import type { CallbackMethod, LogLevel, RepeatedOrders, SandboxOptions, Switch } from './options'
import { readOnlyEnding, refusal, type SettingName, settings } from './settings'
import type { PackagesEndpoint } from './store/account-settings'
import { defaultSecret } from './store/webhooks'

/** An API key and its password, as HTTP Basic sends them. */
export interface ApiKey {
  key: string
  password: string
  /** Whether it may only read. */
  isReadOnly: boolean
}

/** A validated configuration. */
export interface Config {
  readonly port: number
  readonly host: string
  /** The files to serve HTTPS with, not read yet; null: HTTP. */
  readonly tls: TlsFiles | null
  readonly logLevel: LogLevel
  readonly apiKeys: readonly [ApiKey, ...ApiKey[]]
  /** Null: every account is known. */
  readonly accounts: ReadonlyMap<string, ConfiguredAccount> | null
  readonly publicUrl: string | null
  readonly maxOrders: number
  readonly maxOrderBytes: number
  readonly webhooks: readonly { url: string; secret: string }[]
  readonly callbackTargets: CallbackTargets
  readonly callbackMethod: CallbackMethod
  /** Whether requests that look like a mistake are refused. */
  readonly strict: boolean
  readonly repeatedOrders: RepeatedOrders
  /** Calls per minute and key; null: unlimited. */
  readonly rateLimit: number | null
  readonly journalSize: number
  /** The file that the journal is written to at the end; null: none. */
  readonly journalReport: string | null
  /** Milliseconds; null: never. */
  readonly expireAfter: number | null
  /** `none`: no token, whoever can reach the sandbox; null: one is generated where it is needed. */
  readonly controlToken: string | null
  readonly metrics: boolean
  readonly load: string | null
  /** The file that keeps the state; null: none. */
  readonly state: string | null
  readonly seed: string | null
  /** Not read yet; null: the default packages. */
  readonly packages: string | readonly CataloguePackage[] | null
  /** Not read yet; null: an invented ATS for each account. */
  readonly ats: NonNullable<SandboxOptions['ats']> | null
  /** Null: recruiters choose from the catalogue. */
  readonly packagesEndpoint: PackagesEndpoint | null
  /** Milliseconds since 1970; null: real time. */
  readonly clock: number | null
  /** The URL of a Redis; null: the memory of this process. */
  readonly store: string | null
  readonly storePrefix: string
  /** The user's name for a setting, for messages: `load`, `--load` or `SANDBOX_LOAD`. */
  readonly nameOf: (name: SettingName) => string
}

/**
 * Validates `given`, and adds the defaults of a sandbox in a test. Throws a TypeError that names the invalid setting as
 * `nameOf` does.
 */
export function readOptions(given: SandboxOptions, nameOf = (name: SettingName): string => name): Config {
  for (const [name, value] of Object.entries(given)) {
    if (!isSetting(name))
      throw new TypeError(`${name} is not an option; the options are ${Object.keys(settings).join(', ')}.`)
    if (value !== undefined && !settings[name].isValid(value)) {
      throw new TypeError(refusal(nameOf(name), settings[name], value))
    }
  }
  const options = withDefaults(given)
  for (const name of ['seed', 'load', 'state'] as const) {
    if (options[name] !== undefined && options.store !== 'memory') {
      throw new TypeError(`${nameOf(name)} needs the memory store: ${whyNot[name]}.`)
    }
  }
  const apiKeys = options.apiKeys.map(toApiKey) as [ApiKey, ...ApiKey[]]
  if (apiKeys.some((one) => apiKeys.some((other) => isSameKey(one, other) && one.isReadOnly !== other.isReadOnly))) {
    throw new TypeError(`${nameOf('apiKeys')} has a key both with and without ${readOnlyEnding}.`)
  }
  const accounts = options.accounts?.map(toAccount)
  const listed = accounts ?? []
  for (const [id, { state, provider }] of listed) {
    const others = listed.filter((other) => other[0] === id).map(([, each]) => each)
    if (others.some((other) => other.state !== state))
      throw new TypeError(`${nameOf('accounts')} has the account ${id} both with and without =disabled.`)
    if (others.some((other) => other.provider !== provider))
      throw new TypeError(`${nameOf('accounts')} has the account ${id} with two providers.`)
  }
  if (options.packagesAuth !== undefined && options.packagesUrl === undefined)
    throw new TypeError(`${nameOf('packagesAuth')} needs ${nameOf('packagesUrl')}.`)
  return Object.freeze({
    port: options.port,
    host: options.host,
    tls: toTlsFiles(options, nameOf),
    logLevel: options.logLevel,
    apiKeys,
    accounts: accounts === undefined ? null : new Map(accounts),
    publicUrl: options.publicUrl?.replace(/\/+$/, '') ?? null,
    maxOrders: options.maxOrders,
    maxOrderBytes: options.maxOrderBytes ?? usualOrderBytes(),
    packages: options.packages ?? null,
    ats: options.ats ?? null,
    packagesEndpoint:
      options.packagesUrl === undefined
        ? null
        : { ...toWebhook(options.packagesUrl), auth: options.packagesAuth ?? null },
    webhooks: (options.webhooks ?? []).map(toWebhook),
    callbackTargets: options.callbackTargets,
    callbackMethod: options.callbackMethod,
    strict: isOn(options.strict),
    repeatedOrders: options.repeatedOrders,
    rateLimit: options.rateLimit === 0 ? null : options.rateLimit,
    journalSize: options.journalSize,
    journalReport: options.journalReport ?? null,
    expireAfter: options.expireAfter === undefined ? null : options.expireAfter * 1000,
    controlToken: options.controlToken ?? null,
    metrics: isOn(options.metrics),
    load: options.load ?? null,
    state: options.state ?? null,
    seed: options.seed ?? null,
    clock: options.clock === undefined ? null : instantOf(options.clock),
    store: options.store === 'memory' ? null : options.store,
    storePrefix: options.storePrefix,
    nameOf,
  })
}

/** Why an option makes no sense when several processes share a store. */
const whyNot = {
  seed: 'two processes would generate the same identifiers',
  load: 'each start would replace the shared state with a snapshot; use PUT /_sandbox/snapshot',
  state: 'Redis keeps the state; GET /_sandbox/snapshot exports it',
}

function toTlsFiles({ tlsCert: cert, tlsKey: key }: SandboxOptions, nameOf: Config['nameOf']): TlsFiles | null {
  if (cert === undefined && key === undefined) return null
  if (cert === undefined) throw new TypeError(`${nameOf('tlsKey')} needs ${nameOf('tlsCert')}.`)
  if (key === undefined) throw new TypeError(`${nameOf('tlsCert')} needs ${nameOf('tlsKey')}.`)
  return { cert, key }
}

/** Half of the memory that this process may use, so that orders cannot exhaust it. */
const usualOrderBytes = () => {
  // 0 where no limit is known.
  const limits = [totalmem(), process.constrainedMemory()].filter((bytes) => bytes > 0)
  return Math.min(1024 ** 3, Math.floor(Math.min(...limits) / 2))
}

const isOn = (value: Switch) => value === 'on' || value === true

const isSetting = (name: string): name is keyof SandboxOptions => Object.hasOwn(settings, name)

/** Only this ending is a scope: elsewhere, keys and passwords may contain a =. */
function toApiKey(entry: string): ApiKey {
  const isReadOnly = entry.endsWith(readOnlyEnding)
  const [key = '', ...password] = (isReadOnly ? entry.slice(0, -readOnlyEnding.length) : entry).split(':')
  return { key, password: password.join(':'), isReadOnly }
}

const isSameKey = (a: ApiKey, b: ApiKey) => a.key === b.key && a.password === b.password

/** Whether it is the well-known default key. */
export const isDefaultKey = ({ key, password }: ApiKey): boolean => defaults.apiKeys.includes(key) && password === ''

/** The default key, if it is accepted and may write. */
export const usableDefaultKey = ({ apiKeys }: Pick<Config, 'apiKeys'>): ApiKey | undefined =>
  apiKeys.find((each) => isDefaultKey(each) && !each.isReadOnly)

/** The key for trying calls: the first that may write, or else the first. */
export const usableKey = ({ apiKeys }: Pick<Config, 'apiKeys'>): ApiKey =>
  apiKeys.find(({ isReadOnly }) => !isReadOnly) ?? apiKeys[0]

/** Clients never send the fragment of a URL, so the secret can be there. */
function toWebhook(entry: string): { url: string; secret: string } {
  const [url = '', ...secret] = entry.split('#')
  return { url, secret: secret.join('#') || defaultSecret }
}

/** The provider follows the last colon: an id may have colons too. */
function toAccount(entry: string): [string, ConfiguredAccount] {
  const [whole = '', ending] = entry.split('=')
  const [, id = whole, provider] = /^(.+):([\w-]+)$/.exec(whole) ?? []
  return [id, { state: ending === undefined ? 'active' : 'disabled', provider: provider?.toLowerCase() ?? null }]
}

/** An account whose calls are accepted. */
export const usableAccount = ({ accounts }: Pick<Config, 'accounts'>): string =>
  [...(accounts ?? [])].find(([, { state }]) => state === 'active')?.[0] ?? 'acme'
