/** The type of a key. A `count` is one number; `counts` is a hash of them. */
type Kind = 'string' | 'count' | 'counts' | 'hash' | 'list' | 'set' | 'zset'

export interface Key {
  kind: Kind
  /** What it holds: its row in docs/architecture.md. */
  holds: string
  /** Whether it survives a reset of everything. */
  outlivesReset?: true
  /** How a corrupt count is repaired: set above all that was counted before, set to 0, or removed. */
  repaired?: 'above' | 'zero' | 'away'
}

/** The keys of the whole sandbox. All begin with its prefix in braces: `{sandbox}:orders`. */
export const keys = {
  orders: { kind: 'hash', holds: 'token → order, as JSON' },
  remoteIds: { kind: 'hash', holds: 'remote id → token' },
  all: { kind: 'zset', holds: 'tokens by the turn in which they were ordered' },
  accounts: { kind: 'zset', holds: 'accounts by the turn of their first order' },
  otherAccounts: { kind: 'zset', holds: 'accounts with records, or with deliveries that are not about an order' },
  orderBytes: { kind: 'count', repaired: 'zero', holds: 'bytes that all orders and results take' },
  orderBytesOf: { kind: 'counts', repaired: 'zero', holds: 'account → bytes that its orders and results take' },
  turns: {
    kind: 'count',
    repaired: 'above',
    outlivesReset: true,
    holds: 'the last turn: what is newer has a later one',
  },
  recordBytes: { kind: 'count', repaired: 'zero', holds: 'characters that all records take' },
  recordBytesOf: { kind: 'counts', repaired: 'zero', holds: 'account → characters that its records take' },
  facts: { kind: 'hash', holds: 'delivery → what is sent, and where, as JSON' },
  progress: { kind: 'hash', holds: 'delivery → its status and attempts, as JSON' },
  lanes: { kind: 'hash', holds: 'delivery → the lane it is sent in' },
  accountOf: { kind: 'hash', holds: 'delivery → account' },
  sent: { kind: 'zset', holds: 'deliveries by the turn in which they began' },
  finished: { kind: 'zset', holds: 'finished deliveries by the turn in which they ended' },
  dropped: { kind: 'count', repaired: 'zero', holds: 'finished deliveries that are no longer kept' },
  exchanges: {
    kind: 'hash',
    holds: 'delivery → what its attempts sent and received, as JSON, a line each, newest first',
  },
  exchangeAges: { kind: 'zset', holds: 'deliveries with exchanges by the turn of the last one' },
  exchangeBytes: { kind: 'count', repaired: 'zero', holds: 'bytes of all exchanges' },
  agenda: { kind: 'zset', holds: 'items by the instant at which they are due' },
  queued: { kind: 'zset', holds: 'items that are due now, by the end of their lease' },
  rounds: { kind: 'counts', repaired: 'away', holds: 'item → its last queueing, by which a stale job is recognised' },
  faults: { kind: 'hash', holds: 'fault, as JSON, by its id' },
  faultsAdded: { kind: 'count', repaired: 'above', holds: 'number of the last fault' },
  seen: { kind: 'counts', repaired: 'away', holds: 'fault or magic account → calls that matched' },
  struck: { kind: 'counts', repaired: 'away', holds: 'fault or magic account → calls that it applied to' },
  webhooks: { kind: 'hash', holds: 'webhook, as JSON, by its id' },
  initial: { kind: 'hash', outlivesReset: true, holds: 'the webhooks of the set-up, for a reset' },
  setup: { kind: 'string', outlivesReset: true, holds: 'the webhooks of the set-up as one text, to notice a change' },
  journal: { kind: 'list', holds: 'requests, newest first: number, account and the rest, a line each' },
  journalCount: { kind: 'count', repaired: 'above', holds: 'number of the last request' },
  journalBodies: { kind: 'hash', holds: 'request → its bodies, as JSON' },
  journalWhole: { kind: 'list', holds: 'numbers of requests whose long bodies are kept, newest first' },
  journalBytes: { kind: 'count', repaired: 'zero', holds: 'bytes of the bodies that are kept' },
  journalDropped: { kind: 'count', repaired: 'zero', holds: 'requests that are no longer kept' },
  journalLossy: { kind: 'set', holds: 'accounts that lost requests, as JSON; * is every one, - none' },
  journalShortened: {
    kind: 'count',
    repaired: 'above',
    outlivesReset: true,
    holds: 'how often a reset cut the journal',
  },
  rates: { kind: 'counts', repaired: 'away', holds: 'hash of an API key → its calls, and the end of its minute' },
  version: {
    kind: 'count',
    repaired: 'above',
    outlivesReset: true,
    holds: 'version of faults, webhooks, accounts and clock',
  },
  dataVersion: { kind: 'count', repaired: 'zero', outlivesReset: true, holds: 'version of what is kept here' },
  accountSettings: { kind: 'hash', holds: 'account → how it was set up, as JSON' },
  seenAccounts: { kind: 'set', holds: 'accounts that made calls' },
  since: { kind: 'string', outlivesReset: true, holds: 'the instant that invented data leads up to' },
  clock: { kind: 'string', outlivesReset: true, holds: 'how the clock stands, as JSON' },
  moving: { kind: 'string', outlivesReset: true, holds: 'who moves the clock now; ends by itself' },
  resets: { kind: 'count', repaired: 'above', outlivesReset: true, holds: 'how often everything was reset' },
  controlToken: { kind: 'string', outlivesReset: true, holds: 'the token that all replicas agreed on' },
  ready: {
    kind: 'string',
    outlivesReset: true,
    holds: 'written to see whether Redis can be written to; ends by itself',
  },
} as const satisfies Record<string, Key>

/** Keys that exist once per account or lane, with the prefix before its name. */
export const families = {
  idsOf: { begins: 'ids:', of: 'account', kind: 'hash', holds: 'id of an order → token' },
  allOf: { begins: 'all:', of: 'account', kind: 'zset', holds: 'tokens of its orders, by turn' },
  sentOf: { begins: 'sent:', of: 'account', kind: 'zset', holds: 'its deliveries, by turn' },
  numbersOf: {
    begins: 'numbers:',
    of: 'account',
    kind: 'counts',
    repaired: 'above',
    holds: 'remote id → number of its last delivery',
  },
  candidates: {
    begins: 'candidates:',
    of: 'account',
    kind: 'hash',
    holds: 'id → turn and candidate, as JSON; - if deleted',
  },
  applications: { begins: 'applications:', of: 'account', kind: 'hash', holds: 'likewise its applications' },
  jobs: { begins: 'jobs:', of: 'account', kind: 'hash', holds: 'likewise its jobs' },
  job_postings: { begins: 'job_postings:', of: 'account', kind: 'hash', holds: 'likewise its job postings' },
  background_check_packages: {
    begins: 'background_check_packages:',
    of: 'account',
    kind: 'hash',
    holds: 'likewise its packages of background checks',
  },
  ats_basis: {
    begins: 'ats_basis:',
    of: 'account',
    kind: 'hash',
    holds: 'what its ATS was invented from in a snapshot',
  },
  lane: { begins: 'lane:', of: 'lane', kind: 'list', holds: 'deliveries that wait for the first of them, in order' },
} as const satisfies Record<string, Key & { begins: string; of: 'account' | 'lane' }>

/** Prefix of foreign values that were at one of these keys and were moved aside. */
export const asidePrefix = 'unreadable:'

/** Prefix of BullMQ's own keys. */
export const queuePrefix = 'queue'

/** The channels on which processes notify each other of changes, with what a message holds. */
export const channels = {
  version: 'faults, webhooks or the clock changed: their new version',
  order: 'an order, as JSON',
  request: 'a request, as the journal has it, with its bodies',
  delivery: 'a delivery: its id, facts and progress, as JSON',
  setting: 'something that only the inspector shows changed',
  reset: 'an account, or null for everything, was reset',
  journalWrite: 'a question: has everybody written what was answered?',
  journalWritten: 'the answer to such a question',
} as const

/** Prefixes of items in `agenda` and `queued`: the id of the delivery or the token of the order follows. */
export const items = { delivery: 'd ', expiry: 'e ' } as const

export type KeyName = keyof typeof keys
type Named = KeyName | keyof typeof families
export type Channel = keyof typeof channels

const inLua = (begins: string) => `p .. '${begins}'`

/** The key of an account or a lane, without the prefix. */
export const keyOf = (family: keyof typeof families, of: string): string => families[family].begins + of

/** Each key, each family's prefix and each channel as a Lua expression: `p .. 'orders'`. */
export const k = Object.fromEntries([
  ...Object.keys({ ...keys, ...channels }).map((name) => [name, inLua(name)]),
  ...Object.entries(families).map(([name, { begins }]) => [name, inLua(begins)]),
]) as Readonly<Record<Named | Channel, string>>

const listed = (names: readonly string[]) => `{${names.map((name) => `'${name}'`).join(', ')}}`

/** The keys that a reset of everything removes, as a Lua list. */
export const resettable = listed(
  Object.entries<Key>(keys)
    .filter(([, { outlivesReset }]) => outlivesReset !== true)
    .map(([name]) => name),
)

/** The prefixes of an account's keys, as a Lua list. */
export const ofAccount = listed(
  Object.values(families)
    .filter((family) => family.of === 'account')
    .map(({ begins }) => begins),
)
