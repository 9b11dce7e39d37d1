import { withdrawn, reported, onePackage } from './operations'
import type { LedgerRow } from './row'

/** Results of orders. */
export const resultsRows: readonly LedgerRow[] = [
  {
    behaviour: '`PATCH /orders/{id}/result` answers 200 `{statusCode, message, timestamp}`',
    sure: 'documented, observed',
    probes: ['results-answer'],
    operations: reported,
    statuses: [200],
  },
  {
    behaviour: '`result.value` is one of eight values, `content_type.value` of an attachment one of five',
    sure: 'documented, observed',
    probes: ['results-values', 'results-unknown-value', 'results-content-type'],
    operations: [...reported, 'results.get'],
  },
  {
    behaviour: 'The body of "update result" has no `id`: clients never assign the identifiers of a result',
    sure: 'documented',
    probes: ['results-own-id'],
    operations: reported,
  },
  {
    behaviour:
      "Results merge: missing properties stay, null clears and reads as null, objects merge, the provider's own values are replaced as a whole",
    sure: 'assumed',
    probes: ['results-merge'],
    operations: reported,
  },
  {
    behaviour: 'An order without a result answers 404 for its results',
    sure: 'assumed',
    probes: ['withdrawn-no-result'],
    operations: ['results.get'],
    statuses: [404],
  },
  {
    behaviour: 'The candidate of a result is that of the order, unless the report names another one, or null',
    sure: 'assumed',
    probes: ['results-candidate'],
    operations: [...reported, 'results.get'],
  },
  {
    behaviour: 'Wherever a call expects an id, the remote id works too',
    sure: 'documented',
    probes: ['packages-remote-id', 'results-remote-id'],
    operations: [...withdrawn, ...reported, 'packages.get', ...onePackage],
  },
  {
    behaviour: 'A report without any property that StackOne knows is answered 200, and triggers no callback or webhook',
    sure: 'assumed',
    probes: ['results-nothing-known'],
    operations: reported,
    statuses: [200],
  },
  {
    behaviour: 'An order or a package that the account does not have is 404, also if another account has it',
    sure: 'documented',
    probes: ['packages-unknown-id', 'results-unknown-order'],
    operations: [...withdrawn, ...reported, 'packages.get', ...onePackage],
    statuses: [404],
  },
  {
    behaviour:
      'Some providers refuse results: a second final one (Greenhouse), or an incomplete score or attachment (SmartRecruiters)',
    sure: 'documented',
    unprobed: 'it needs a second final result, and an account with one of these providers',
    operations: reported,
    statuses: [422],
  },
  {
    behaviour: 'A refusal by such a provider is 422, with its answer in `provider_errors`',
    sure: 'assumed',
    unprobed: 'it needs a second final result, and an account with one of these providers',
    operations: reported,
    statuses: [422],
  },
]
