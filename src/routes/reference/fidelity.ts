import { type Operation, operations as all } from '../../../schemas/control/requests'
import { lastRuns } from './ledger/last-runs'
import { ledger } from './ledger/ledger'
import type { LedgerRow } from './ledger/row'

/** The ledger's rows about the answer `status` of an operation; without `status`, those about the operation itself. */
export const fidelityOf = (operation: Operation | null, status?: number): readonly LedgerRow[] =>
  operation === null
    ? []
    : ledger.filter(
        ({ operations, statuses }) =>
          operations.includes(operation) &&
          (status === undefined ? statuses === undefined && operations !== all : statuses?.includes(status)),
      )

/** The ledger's rows about all operations. */
export const fidelityOfAll = () =>
  ledger.filter(({ operations, statuses }) => operations === all && statuses === undefined)

/** The ledger's rows about no operation in particular. */
export const fidelityOfTheRest = () => ledger.filter(({ operations }) => operations.length === 0)

/** The probes that hold a row against a server. */
export const probesOf = ({ probes = [] }: LedgerRow): readonly string[] => probes

/**
 * The day on which a row was last held against the real service: that of its earliest probe. `never` until all of its
 * probes have run.
 */
export function checkedOn(row: LedgerRow, runs: Readonly<Record<string, string>> = lastRuns): string {
  const days = probesOf(row).map((id) => runs[id] ?? 'never')
  const [earliest = 'never'] = days.toSorted()
  return days.includes('never') ? 'never' : earliest
}

interface Mark {
  behaviour: string
  sure: LedgerRow['sure']
  checked: string
}

interface Marked {
  description: string
  'x-fidelity'?: Mark[]
}

/** A description with the ledger's rows: in words for people, as `x-fidelity` for programs. */
export function marked(description: string, rows: readonly LedgerRow[]): Marked {
  if (rows.length === 0) return { description }
  const list = rows.map(({ behaviour, sure }) => `- **${sure}**: ${behaviour}`).join('\n')
  return {
    description: `${description}\n\n${list}`,
    'x-fidelity': rows.map((row) => ({ behaviour: row.behaviour, sure: row.sure, checked: checkedOn(row) })),
  }
}
