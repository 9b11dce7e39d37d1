import type { Operation } from '../../schemas/control/requests'
import type { Verdict } from '../deliveries/attempt'
import type { Deliveries } from '../deliveries/deliveries'
import type { Journal } from '../store/journal'
import type { Store } from '../store/orders'

/** What a request counts as: an operation, a call to the sandbox itself, a candidate's page, or anything else. */
export type Measured = Operation | 'sandbox' | 'page' | 'other'

/** Counters and gauges. */
export interface Metrics {
  readonly contentType: string
  /** Counts a request that took `ms` milliseconds. `status` is null if the connection ended before the whole answer. */
  request(measured: Measured, status: number | null, ms: number): void
  /** Counts a delivery attempt. */
  attempt(outcome: Verdict): void
  /** All metrics as text. Leaves out those that cannot be read within a second; never rejects. */
  text(state: { store: Store; deliveries: Deliveries; journal: Journal }): Promise<string>
}
