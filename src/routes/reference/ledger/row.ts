import type { Operation } from '../../../../schemas/control/requests'

interface Row {
  behaviour: string
  /** The words are explained in docs/reference/fidelity.md. */
  sure: 'documented' | 'observed' | 'documented, observed' | 'assumed' | 'sandbox'
  /** The operations it is about; empty for deliveries, and for what belongs to no operation. */
  operations: readonly Operation[]
  /** The answers it is about; missing if it is about the whole operation. */
  statuses?: readonly number[]
}

/**
 * A behaviour of the emulated API, and how well it is known that the real one has it: a row of
 * docs/reference/fidelity.md. It names the probes that hold it against a server (src/judge/verify/probes), or says why
 * there can be none.
 */
export type LedgerRow = Row & ({ probes: readonly string[]; unprobed?: never } | { probes?: never; unprobed: string })
