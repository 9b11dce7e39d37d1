import { linked } from './operations'
import type { LedgerRow } from './row'

/** Linked accounts. */
export const accountsRows: readonly LedgerRow[] = [
  {
    behaviour:
      '`GET /accounts` answers a bare list, `GET /accounts/{id}` a bare account; both need a key, and no `x-account-id`',
    sure: 'observed',
    probes: ['accounts-list', 'accounts-get', 'accounts-key'],
    operations: linked,
    statuses: [200],
  },
  {
    behaviour: 'The filters of linked accounts, `page` and `page_size`',
    sure: 'observed',
    probes: ['accounts-filters', 'accounts-pages'],
    operations: ['accounts.list'],
  },
  {
    behaviour:
      '`page_size` is 25 unless it is given, and 100 at most; the order of linked accounts is that of their ids',
    sure: 'assumed',
    probes: ['accounts-wrong-size', 'accounts-order'],
    operations: ['accounts.list'],
    statuses: [200, 400],
  },
  {
    behaviour: 'A linked account that is unknown is 404',
    sure: 'assumed',
    probes: ['accounts-unknown-id'],
    operations: ['accounts.get'],
    statuses: [404],
  },
  {
    behaviour: 'Which accounts are linked, with which provider and since when',
    sure: 'sandbox',
    unprobed: "the sandbox's own",
    operations: linked,
  },
]
