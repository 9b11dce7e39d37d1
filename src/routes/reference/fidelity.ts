import { type Operation, operations as all } from '../../../schemas/control/requests'
import { ledger, type LedgerRow } from './ledger'

/** What the ledger says of the answer `status` of an operation, or without it of the operation alone, as a whole. */
export const fidelityOf = (operation: Operation | null, status?: number): readonly LedgerRow[] =>
  operation === null
    ? []
    : ledger.filter(
        ({ operations, statuses }) =>
          operations.includes(operation) &&
          (status === undefined ? statuses === undefined && operations !== all : statuses?.includes(status)),
      )

/** What the ledger says of every operation, as a whole. */
export const fidelityOfAll = () =>
  ledger.filter(({ operations, statuses }) => operations === all && statuses === undefined)

/** What the ledger says of no operation in particular. */
export const fidelityOfTheRest = () => ledger.filter(({ operations }) => operations.length === 0)

interface Marked {
  description: string
  'x-fidelity'?: Pick<LedgerRow, 'behaviour' | 'sure' | 'checked'>[]
}

/** A description with the ledger's marks: for people in words, for programs as `x-fidelity`. */
export function marked(description: string, rows: readonly LedgerRow[]): Marked {
  if (rows.length === 0) return { description }
  const list = rows.map(({ behaviour, sure }) => `- **${sure}**: ${behaviour}`).join('\n')
  return {
    description: `${description}\n\n${list}`,
    'x-fidelity': rows.map(({ behaviour, sure, checked }) => ({ behaviour, sure, checked })),
  }
}
