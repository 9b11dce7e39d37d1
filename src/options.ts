import type { CataloguePackage } from '../schemas/catalogue'

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

export const callbackMethods = ['PATCH', 'POST', 'PUT'] as const
export type CallbackMethod = (typeof callbackMethods)[number]

export const repeatedOrders = ['same', 'conflict', 'new'] as const
/** What an order with the `id` of another one is. */
export type RepeatedOrders = (typeof repeatedOrders)[number]

/** On or off, in whichever of the two ways. */
export type Switch = 'on' | 'off' | boolean

/** How a sandbox is set up. Each has a default that works. */
export interface SandboxOptions {
  /** Port to listen on; 0 takes a free one. Default: 0 in a test, 4600 from the command line. */
  port?: number | undefined
  /** Address or name to listen on. Default: `127.0.0.1`. */
  host?: string | undefined
  /** The least severe log lines that are written. Default: `silent` in a test, `info` from the command line. */
  logLevel?: LogLevel | undefined
  /** API keys, each `key` or `key:password`; with `=read-only` behind it a key may call GET alone. Default: `['sandbox']`. */
  apiKeys?: readonly string[] | undefined
  /** The known accounts, each `id` or `id=disabled`. Default: any account is known. */
  accounts?: readonly string[] | undefined
  /** What the addresses that are handed out start with. Default: the host that the client called. */
  publicUrl?: string | undefined
  /** The most orders that are kept; further ones are refused. Default: 1,000,000. */
  maxOrders?: number | undefined
  /**
   * The most bytes that all orders and their results may take; further ones are refused. Default: half of the memory that
   * the process may use, and at most 1 GiB.
   */
  maxOrderBytes?: number | undefined
  /** Makes ids and tokens repeatable: the same seed gives the same ones in the same order. Default: random ones. */
  seed?: string | undefined
  /** An ISO date-time to freeze the clock at. Default: the real time. */
  clock?: string | undefined
  /** The packages that can be ordered, or a JSON file with them. Default: thirty invented ones. */
  packages?: string | readonly CataloguePackage[] | undefined
  /** Endpoints that are told of events, each `url` or `url#secret`; the secret is `sandbox` otherwise. Default: none. */
  webhooks?: readonly string[] | undefined
  /**
   * Where webhooks and results may be sent: `private` (loopback and private addresses), `none`, `any`, or a list of
   * hosts. Default: `private`.
   */
  callbackTargets?: 'private' | 'none' | 'any' | readonly string[] | undefined
  /** HTTP method that sends results to an order's `results_update_url`. Default: `PATCH`. */
  callbackMethod?: CallbackMethod | undefined
  /** Whether what looks like a mistake is refused with 400, where StackOne would accept and ignore it. Default: `off`. */
  strict?: Switch | undefined
  /**
   * What becomes of an order with the `id` of an earlier one: `same` answers the same order when the body is the same, and
   * 409 when not; `conflict` answers 409; `new` makes another order, with an id of its own. Default: `same`.
   */
  repeatedOrders?: RepeatedOrders | undefined
  /** Calls a minute that each API key may make; 0: any number. StackOne allows 1000. Default: 0. */
  rateLimit?: number | undefined
  /** Requests that the journal keeps. Default: 1,000. */
  journalSize?: number | undefined
  /** Seconds after which an order that nobody finished expires. Default: never. */
  expireAfter?: number | undefined
  /**
   * The bearer token that calls of the control API need; `none`: nobody needs one. Default: none on this machine alone;
   * beyond it one is made when the set-up holds secrets, and the handle has it as `controlToken`.
   */
  controlToken?: string | undefined
  /** Whether `/metrics` tells Prometheus what goes on. Default: `off`. */
  metrics?: Switch | undefined
  /** A file with a snapshot to begin with. Default: none. */
  load?: string | undefined
  /** A file that a snapshot is written to when the sandbox is closed. Default: none. */
  saveOnExit?: string | undefined
  /** Where everything is kept: `memory`, or the address of a Redis or Valkey, which several sandboxes may share. Default: `memory`. */
  store?: string | undefined
  /** What the keys in Redis begin with, so that several sandboxes can use the same server. Default: `sandbox`. */
  storePrefix?: string | undefined
}
