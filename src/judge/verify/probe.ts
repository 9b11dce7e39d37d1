import type { Check } from '../check'
import type { Call, Exchange } from './call'

/** What a probe works with. */
export interface Context {
  /** The account that calls are for. */
  readonly account: string
  /** The id of the order that probes place; nothing else has it. */
  readonly orderId: string
  /** An id that no record and no account has. */
  readonly unknownId: string
  /** Rejects with `NotAsExpected` when no answer comes. */
  readonly call: (call: Call) => Promise<Exchange>
  /** What `make` makes, for whoever asks first; the others get the same. */
  readonly once: <T>(name: string, make: () => Promise<T>) => Promise<T>
  /** What is done after the last probe, to leave nothing behind. */
  readonly last: (() => Promise<unknown>)[]
}

/** Holds a part of the ledger against a server. */
export interface Probe extends Omit<Check<Context>, 'run'> {
  /** Whether the server may accept what it sends: such a probe only runs when the user allows it. */
  readonly isWriting: boolean
  /** Rejects with `NotAsExpected` as soon as something is wrong, and with `CannotTell` if the server lacks what it takes. */
  readonly run: (context: Context) => Promise<void>
}
