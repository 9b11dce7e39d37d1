import { ofOrders, changedPackages } from './operations'
import type { LedgerRow } from './row'

/** Background checks: their orders and packages. */
export const backgroundChecksRows: readonly LedgerRow[] = [
  {
    behaviour:
      'Orders and results of background checks behave like those of assessments, idempotent orders and merged results among them',
    sure: 'assumed',
    probes: ['checks-order', 'checks-repeat', 'checks-result'],
    operations: ['background_checks.orders.create', 'background_checks.results.update'],
  },
  {
    behaviour:
      'Both kinds of orders share the ids of an account: a background check with the `id` of an assessment is a conflict, 409; a result for an order of the other kind is 404',
    sure: 'assumed',
    probes: ['checks-shared-ids', 'checks-other-kind'],
    operations: ofOrders,
    statuses: [404, 409],
  },
  {
    behaviour: 'The `remote_id` in the body of an order is ignored: the sandbox assigns one',
    sure: 'assumed',
    probes: ['checks-remote-id'],
    operations: ['background_checks.orders.create'],
  },
  {
    behaviour:
      '`POST /packages` answers 201 `{statusCode, message, timestamp, data}`, `data` with `id` and `remote_id`',
    sure: 'documented, observed',
    probes: ['checks-create-package'],
    operations: ['background_checks.packages.create'],
    statuses: [201],
  },
  {
    behaviour: '`PATCH` and `DELETE /packages/{id}` answer 200 `{statusCode, message, timestamp}`',
    sure: 'documented, observed',
    probes: ['checks-update-package', 'checks-delete-package'],
    operations: ['background_checks.packages.update', 'background_checks.packages.delete'],
    statuses: [200],
  },
  {
    behaviour:
      'Packages of background checks belong to an account, which can change and delete the built-in ones; `passthrough` and unknown properties are not kept',
    sure: 'assumed',
    probes: ['checks-keep-properties'],
    operations: changedPackages,
  },
  {
    behaviour:
      'A change of a package: missing properties stay, null clears; `tests` replaces the list, where a test with the id or remote id of an earlier one keeps what is missing, and any other is new',
    sure: 'assumed',
    probes: ['checks-merge-package'],
    operations: ['background_checks.packages.update'],
  },
  {
    behaviour: 'Orders of a package that is changed or deleted stay as they were ordered',
    sure: 'assumed',
    unprobed: 'no read shows an order of a background check',
    operations: ['background_checks.packages.update', 'background_checks.packages.delete'],
  },
  {
    behaviour:
      'Webhooks: `background_check_order.created` for background checks. A guide names it; the catalogue of events has none for them, so the sources conflict',
    sure: 'documented',
    unprobed: 'it needs a receiver that the service can reach',
    operations: [],
  },
  {
    behaviour:
      'Webhooks: `background_check_order.updated` and `.deleted`, and the payload of all three, in the form of assessment events',
    sure: 'assumed',
    unprobed: 'it needs a receiver that the service can reach',
    operations: [],
  },
]
