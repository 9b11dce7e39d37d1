import { packageLists, withdrawn, readOfPackages, listed, read } from './operations'
import type { LedgerRow } from './row'

/** Reads of packages and orders, and what all reads have in common. */
export const readsRows: readonly LedgerRow[] = [
  {
    behaviour: '`GET /packages/{id}` answers 200 `{data}`, with `raw` on request',
    sure: 'documented, observed',
    probes: ['packages-get', 'packages-raw'],
    operations: ['packages.get', 'background_checks.packages.get'],
    statuses: [200],
  },
  {
    behaviour:
      'StackOne has withdrawn `GET /orders/{id}` and `GET /orders/{id}/results`: its documents no longer have them, and SDK 4.25.2 was the last with them',
    sure: 'documented, observed',
    unprobed: "it is about StackOne's documents, not its answers",
    operations: withdrawn,
  },
  {
    behaviour: 'The withdrawn reads are still answered, with 200 `{data}` as last published',
    sure: 'assumed',
    probes: ['withdrawn-order', 'withdrawn-result'],
    operations: withdrawn,
    statuses: [200],
  },
  {
    behaviour: '`GET /packages` answers 200 `{next, data}`; `page_size` defaults to 25',
    sure: 'documented, observed',
    probes: ['packages-list', 'paging-default-size'],
    operations: packageLists,
    statuses: [200],
  },
  {
    behaviour: 'A page may be shorter than requested, or empty, and still have a `next`: only `next: null` ends a list',
    sure: 'documented',
    probes: ['paging-next'],
    operations: listed,
    statuses: [200],
  },
  {
    behaviour: 'An invalid `page_size` (such as over 100), `page`, date or cursor is 400; its message',
    sure: 'assumed',
    probes: [
      'paging-wrong-size',
      'paging-size-message',
      'paging-wrong-page',
      'paging-wrong-cursor',
      'paging-wrong-date',
    ],
    operations: listed,
    statuses: [400],
  },
  {
    behaviour:
      '`fields`, `raw`, `page` and `updated_after` are accepted; the SDK sends a filter as `updated_after`, and the keys of `proxy` bare',
    sure: 'documented, observed',
    probes: ['query-fields', 'query-old-parameters', 'packages-raw'],
    operations: read,
  },
  {
    behaviour: '`proxy[...]` and `filter[updated_after]` are accepted; a date without a zone is UTC',
    sure: 'documented',
    probes: ['query-filter'],
    operations: read,
  },
  {
    behaviour:
      'Unknown names in `fields` are ignored; `filter` and `updated_after` return only what changed after that time',
    sure: 'assumed',
    probes: ['query-unknown-fields', 'query-only-newer'],
    operations: read,
  },
  {
    behaviour: 'The packages and their order, and the calls that `raw` shows',
    sure: 'sandbox',
    unprobed: "the sandbox's own",
    operations: readOfPackages,
  },
]
