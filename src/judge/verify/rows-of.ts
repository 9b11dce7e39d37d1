import { probesOf } from '../../routes/reference/fidelity'
import { ledger } from '../../routes/reference/ledger/ledger'

/** The rows of the ledger that a probe is about, a line each. */
export const rowsOf = (id: string): string =>
  ledger
    .filter((row) => probesOf(row).includes(id))
    .map(({ behaviour, sure }) => `The ledger has: ${behaviour} (${sure})`)
    .join('\n')
