import { accessRows } from './access'
import { accountsRows } from './accounts'
import { atsRows } from './ats'
import { backgroundChecksRows } from './background-checks'
import { deliveriesRows } from './deliveries'
import { errorsRows } from './errors'
import { ordersRows } from './orders'
import { ownRows } from './own'
import { readsRows } from './reads'
import { resultsRows } from './results'
import type { LedgerRow } from './row'

/** What a green test proves. */
export const ledger: readonly LedgerRow[] = [
  ...ordersRows,
  ...readsRows,
  ...resultsRows,
  ...backgroundChecksRows,
  ...accessRows,
  ...errorsRows,
  ...atsRows,
  ...accountsRows,
  ...deliveriesRows,
  ...ownRows,
]
