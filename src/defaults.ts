import type { SandboxOptions } from './options'

/** The defaults. A setting without an entry here is off, or does what its row in `settings` says. */
export const defaults = {
  port: 4600,
  host: '127.0.0.1',
  logLevel: 'info',
  apiKeys: ['sandbox'],
  maxOrders: 1_000_000,
  callbackTargets: 'private',
  callbackMethod: 'PATCH',
  strict: 'off',
  repeatedOrders: 'same',
  rateLimit: 0,
  journalSize: 1_000,
  metrics: 'off',
  store: 'memory',
  storePrefix: 'sandbox',
} satisfies SandboxOptions

/** In a test: any free port, and no log. */
const inTest = { ...defaults, port: 0, logLevel: 'silent' }

/** Options with a value for each setting that has a default. */
type Filled = SandboxOptions & { [Name in keyof typeof defaults]: NonNullable<SandboxOptions[Name]> }

/** `given`, completed with the defaults of a sandbox in a test. */
export const withDefaults = (given: SandboxOptions): Filled =>
  ({ ...inTest, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) }) as Filled
