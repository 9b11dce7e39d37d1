import type { Operation } from '../../schemas/control/requests'
import type { Verdict } from '../deliveries/attempt'
import type { Deliveries } from '../deliveries/deliveries'
import type { Journal } from '../store/journal'
import type { Store } from '../store/orders'

/** What a request counts as: an operation, the sandbox's own, the candidate's page, or what is none of these. */
export type Measured = Operation | 'sandbox' | 'page' | 'other'

/** Counts what goes on. */
export interface Metrics {
  /** Of what `text` gives. */
  readonly contentType: string
  /** Counts a request that took `ms` milliseconds; without a whole answer, `status` is null. */
  request(measured: Measured, status: number | null, ms: number): void
  /** Counts an attempt to deliver. */
  attempt(outcome: Verdict): void
  /** What was counted, and how much there is now. Leaves out what cannot be read within a second; never rejects. */
  text(state: { store: Store; deliveries: Deliveries; journal: Journal }): Promise<string>
}
