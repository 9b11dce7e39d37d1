import type { AtsResource } from '../schemas/ats/queries'
import type { CataloguePackage } from '../schemas/catalogue'

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

export const callbackMethods = ['PATCH', 'POST', 'PUT'] as const
export type CallbackMethod = (typeof callbackMethods)[number]

export const repeatedOrders = ['same', 'conflict', 'new'] as const
/** How to treat an order with the `id` of an earlier one. */
export type RepeatedOrders = (typeof repeatedOrders)[number]

/** On or off, as a word or a boolean. */
export type Switch = 'on' | 'off' | boolean

/** How to set up a sandbox. Every option has a default that works. */
export interface SandboxOptions {
  /** Port to listen on; 0 takes a free one. Default: 0 in a test, 4600 from the command line. */
  port?: number | undefined
  /** Address or name to listen on. Default: `127.0.0.1`. */
  host?: string | undefined
  /** PEM file with the certificate to serve HTTPS with, and those that it is signed with; needs `tlsKey`. Default: none. */
  tlsCert?: string | undefined
  /** PEM file with the private key of the certificate. Default: none. */
  tlsKey?: string | undefined
  /** Minimum log level. Default: `silent` in a test, `info` from the command line. */
  logLevel?: LogLevel | undefined
  /** Accepted API keys, each `key` or `key:password`. A key with `=read-only` appended may only read. Default: `['sandbox']`. */
  apiKeys?: readonly string[] | undefined
  /**
   * Known accounts, each `id` or `id:provider`, with `=disabled` appended for one whose integration is disabled. Default:
   * any account.
   */
  accounts?: readonly string[] | undefined
  /** Base URL of generated links. Default: the host that the client calls. */
  publicUrl?: string | undefined
  /** Maximum number of orders. Further ones are refused. Default: 1,000,000. */
  maxOrders?: number | undefined
  /**
   * Maximum size of all orders and results in bytes. Further ones are refused. Default: half of the memory that the
   * process may use, up to 1 GiB.
   */
  maxOrderBytes?: number | undefined
  /** Makes ids and tokens repeatable: the same seed gives the same ones in the same order. Default: random. */
  seed?: string | undefined
  /** ISO date-time to freeze the clock at. Default: the real time. */
  clock?: string | undefined
  /** Packages on offer, or a JSON file with them. Default: thirty invented packages. */
  packages?: string | readonly CataloguePackage[] | undefined
  /**
   * The records that the ATS of every account has, by resource, or a JSON file with them. Default: an invented ATS for each
   * account.
   */
  ats?: string | Readonly<Partial<Record<AtsResource, readonly object[]>>> | undefined
  /**
   * The provider's packages endpoint, `url` or `url#secret`, which is asked when a recruiter is about to order. Without a
   * secret, `sandbox` is used. Default: none.
   */
  packagesUrl?: string | undefined
  /** API key that is sent to the packages endpoint as HTTP Basic, encoded exactly as it is. Default: none. */
  packagesAuth?: string | undefined
  /** Webhook endpoints, each `url` or `url#secret`. Without a secret, `sandbox` is used. Default: none. */
  webhooks?: readonly string[] | undefined
  /**
   * Hosts that webhooks and results may be sent to: `private` (loopback and private addresses), `none`, `any`, or a list of
   * hosts. Default: `private`.
   */
  callbackTargets?: 'private' | 'none' | 'any' | readonly string[] | undefined
  /** HTTP method that sends results to an order's `results_update_url`. Default: `PATCH`. */
  callbackMethod?: CallbackMethod | undefined
  /** Whether to answer 400 to likely mistakes that StackOne would accept and ignore. Default: `off`. */
  strict?: Switch | undefined
  /**
   * How to treat an order with the `id` of an earlier one: `same` answers the earlier order if the body is the same, and
   * 409 if not; `conflict` answers 409; `new` makes another order, with an id of its own. Default: `same`.
   */
  repeatedOrders?: RepeatedOrders | undefined
  /** Calls per minute and API key; 0 for no limit. StackOne allows 1000. Default: 0. */
  rateLimit?: number | undefined
  /** Number of requests that the journal keeps. Default: 1,000. */
  journalSize?: number | undefined
  /** File that the journal is written to as an HTML page when the sandbox is closed. Default: none. */
  journalReport?: string | undefined
  /** Seconds until an unfinished order expires. Default: never. */
  expireAfter?: number | undefined
  /**
   * Bearer token required for the control API; `none` requires no token. Default: no token as long as only this machine
   * can reach the sandbox; otherwise one is generated if the settings hold secrets, and the handle has it as `controlToken`.
   */
  controlToken?: string | undefined
  /** Whether to serve Prometheus metrics at `/metrics`. Default: `off`. */
  metrics?: Switch | undefined
  /** File with a snapshot to start from, unless `state` has been kept already. Default: none. */
  load?: string | undefined
  /** File that keeps the state over restarts, kills and crashes. It is made if it is missing. Default: none. */
  state?: string | undefined
  /** Where state is kept: `memory`, or the address of a Redis or Valkey that several sandboxes may share. Default: `memory`. */
  store?: string | undefined
  /** Prefix of the keys in Redis, so that several sandboxes can use the same server. Default: `sandbox`. */
  storePrefix?: string | undefined
}
