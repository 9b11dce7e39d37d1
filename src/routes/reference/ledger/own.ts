import { operations } from '../../../../schemas/control/requests'
import { ordered } from './operations'
import type { LedgerRow } from './row'

/** The sandbox's own additions. */
export const ownRows: readonly LedgerRow[] = [
  {
    behaviour: 'Faults, magic accounts, expiry of orders, the control API',
    sure: 'sandbox',
    unprobed: "the sandbox's own",
    operations: [],
  },
  {
    behaviour: 'Automatic candidates (`+passed` …), `x-sandbox-delivery`, allowed targets of deliveries',
    sure: 'sandbox',
    unprobed: "the sandbox's own",
    operations: ordered,
  },
  {
    behaviour: '`x-sandbox-hint`, the limit on orders (422), `/_sandbox`, `/openapi.json`',
    sure: 'sandbox',
    unprobed: "the sandbox's own",
    operations: operations,
  },
]
