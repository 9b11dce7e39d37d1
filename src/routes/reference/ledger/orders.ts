import { operations } from '../../../../schemas/control/requests'
import { ordered, written } from './operations'
import type { LedgerRow } from './row'

/** Orders of assessments. */
export const ordersRows: readonly LedgerRow[] = [
  {
    behaviour: '`POST /orders` answers 200 `{id, remote_id, test_url}`, not wrapped in `data`',
    sure: 'documented, observed',
    probes: ['orders-answer'],
    operations: ordered,
    statuses: [200],
  },
  {
    behaviour: 'Every property of the body may be missing or null; an empty object is an order, or a package',
    sure: 'documented, observed',
    probes: ['orders-all-null'],
    operations: [...ordered, 'background_checks.packages.create'],
  },
  {
    behaviour: 'Unknown properties are accepted',
    sure: 'documented',
    probes: ['results-unknown-properties'],
    operations: written,
  },
  {
    behaviour:
      'Likely mistakes in accepted requests cause a warning in `x-sandbox-warning`, and a refusal with `SANDBOX_STRICT`',
    sure: 'sandbox',
    unprobed: "the sandbox's own",
    operations: operations,
  },
  {
    behaviour:
      'Unknown properties are kept with the order: a repeat must have them too; only `raw` shows them when reading',
    sure: 'assumed',
    probes: ['orders-unknown-kept'],
    operations: [...ordered, 'orders.get'],
  },
  {
    behaviour: 'A value of another type is refused with 400 and never converted',
    sure: 'documented',
    probes: ['orders-wrong-type'],
    operations: written,
    statuses: [400],
  },
  {
    behaviour: '`application_status.value` outside its published list is refused with 400',
    sure: 'assumed',
    probes: ['orders-application-status'],
    operations: ordered,
    statuses: [400],
  },
  {
    behaviour: 'A body that breaks the schema: `errors` lists the violations, a sentence each',
    sure: 'documented',
    probes: ['orders-violations'],
    operations: written,
    statuses: [400],
  },
  {
    behaviour: 'The wording of those sentences, and that `message` joins them (one example has "Validation failed")',
    sure: 'assumed',
    probes: ['orders-violation-words'],
    operations: written,
    statuses: [400],
  },
  {
    behaviour: 'The order keeps the `id` of the body, or gets a new UUID',
    sure: 'assumed',
    probes: ['orders-own-id', 'orders-new-id'],
    operations: ordered,
  },
  {
    behaviour:
      'Orders are idempotent: the same `id` and body again is the same order; another body is a conflict, 409 (see `SANDBOX_REPEATED_ORDERS`)',
    sure: 'assumed',
    probes: ['orders-repeat', 'orders-conflict'],
    operations: ordered,
    statuses: [409],
  },
  {
    behaviour: 'The form of `test_url`',
    sure: 'assumed',
    probes: ['orders-test-url'],
    operations: ordered,
    statuses: [200],
  },
]
