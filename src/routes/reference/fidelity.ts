import { type Operation, operations as all } from '../../../schemas/control/requests'
import { ledger, type LedgerRow } from './ledger'

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

interface Marked {
  description: string
  'x-fidelity'?: Pick<LedgerRow, 'behaviour' | 'sure' | 'checked'>[]
}

/** A description with the ledger's rows: in words for people, as `x-fidelity` for programs. */
export function marked(description: string, rows: readonly LedgerRow[]): Marked {
  if (rows.length === 0) return { description }
  const list = rows.map(({ behaviour, sure }) => `- **${sure}**: ${behaviour}`).join('\n')
  return {
    description: `${description}\n\n${list}`,
    'x-fidelity': rows.map(({ behaviour, sure, checked }) => ({ behaviour, sure, checked })),
  }
}
