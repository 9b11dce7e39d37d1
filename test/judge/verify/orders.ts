import {
  accepts,
  and,
  answers,
  changes,
  checkOrders,
  checkPackages,
  data,
  type Difference,
  given,
  inner,
  isPost,
  isRead,
  isReport,
  orders,
  sentJson,
  was,
} from './difference'
import type { Asked } from './proxy'

const isOrder = isPost(orders)
const isCheck = isPost(checkOrders)
const isResult = isReport(orders)
const sends = (name: string) => (asked: Asked) => name in sentJson(asked)
const wrongType = (asked: Asked) => typeof inner(sentJson(asked)['candidate'], 'emails') === 'string'
const isBare = (asked: Asked) => sentJson(asked)['job'] === null
const resultValue = (asked: Asked) => inner(sentJson(asked)['result'], 'value')
const isResults = (asked: Asked) => asked.path.endsWith('/results')

/** What an answer is like when the same body comes again. */
function repeated(path: string): Difference['mutate'] {
  const seen = new Set<string>()
  return changes(and(isPost(path), was(200)), (answered, { text }) => {
    if (seen.has(text)) given(answered)['remote_id'] = 'another'
    seen.add(text)
  })
}

export const orderDifferences: readonly Difference[] = [
  {
    what: 'an order has an envelope',
    row: '`POST /orders` answers 200',
    fails: ['orders-answer'],
    mutate: changes(and(isOrder, was(200)), (answered) => (answered.json = { data: answered.json })),
  },
  {
    what: 'null is refused',
    row: 'Every property of the body may be missing',
    fails: ['orders-all-null'],
    mutate: answers(400, and(isOrder, isBare)),
  },
  {
    what: 'an order gets an id of the service',
    row: 'The order keeps the `id`',
    fails: ['orders-own-id', 'withdrawn-order', 'checks-shared-ids', 'checks-other-kind'],
    mutate: changes(
      and(isOrder, was(200), (asked) => !isBare(asked)),
      (answered) => (given(answered)['id'] = given(answered)['remote_id']),
    ),
  },
  {
    what: 'ids are counted',
    row: 'The order keeps the `id`',
    fails: ['orders-new-id'],
    mutate: changes(and(isOrder, isBare), (answered) => (given(answered)['id'] = 'order-1')),
  },
  {
    what: 'a repeat is another order',
    row: 'Orders are idempotent',
    fails: ['orders-repeat'],
    mutate: repeated(orders),
  },
  {
    what: 'an id may be used twice',
    row: 'Orders are idempotent',
    fails: ['orders-conflict'],
    mutate: accepts(and(isOrder, sends('job'), was(409))),
  },
  {
    what: 'unknown properties make no difference',
    row: 'Unknown properties are kept',
    fails: ['orders-unknown-kept'],
    mutate: accepts(and(isOrder, sends('verify_unknown'))),
  },
  {
    what: 'test_url is a path',
    row: 'The form of `test_url`',
    fails: ['orders-test-url'],
    mutate: changes(and(isOrder, was(200)), (answered) => (given(answered)['test_url'] = '/tests/1')),
  },
  {
    what: 'it answers 422 for a wrong type',
    row: 'A value of another type',
    fails: ['orders-wrong-type'],
    mutate: answers(422, and(isOrder, wrongType)),
  },
  {
    what: 'errors is missing',
    row: 'A body that breaks the schema',
    fails: ['orders-violations', 'orders-violation-words'],
    mutate: changes(and(isOrder, wrongType), (answered) => delete given(answered)['errors']),
  },
  {
    what: 'message is a summary',
    row: 'The wording of those sentences',
    fails: ['orders-violation-words'],
    mutate: changes(and(isOrder, wrongType), (answered) => (given(answered)['message'] = 'Validation failed')),
  },
  {
    what: 'a broken schema has another errorCode',
    row: '`errorCode` is `ValidationError`',
    fails: ['orders-error-code'],
    mutate: changes(and(isOrder, wrongType), (answered) => (given(answered)['errorCode'] = 'BadRequestError')),
  },
  {
    what: 'any status of an application will do',
    row: '`application_status.value` outside',
    fails: ['orders-application-status'],
    mutate: accepts(and(isOrder, sends('application'), was(400))),
  },
  {
    what: 'an id may have any length',
    row: 'JSON deeper than 100 levels',
    fails: ['orders-long-id'],
    mutate: accepts(and(isOrder, (asked) => String(sentJson(asked)['id']).length > 1024)),
  },
  {
    what: 'an id may be no text',
    row: 'A compressed body',
    fails: ['orders-half-character'],
    mutate: accepts(and(isOrder, (asked) => sentJson(asked)['id'] === 'verify-\ud800')),
  },
  {
    what: 'the read of orders is gone',
    row: 'The withdrawn reads are still answered',
    fails: ['withdrawn-order'],
    mutate: answers(
      501,
      and(isRead(orders), (asked) => !isResults(asked)),
    ),
  },
  {
    what: 'the read of results is gone',
    row: 'The withdrawn reads are still answered',
    fails: ['withdrawn-result'],
    mutate: answers(501, and(isResults, was(200))),
  },
  {
    what: 'an order without a result has an empty one',
    row: 'An order without a result',
    fails: ['withdrawn-no-result'],
    mutate: accepts(and(isResults, was(404)), { data: {} }),
  },
]

export const resultDifferences: readonly Difference[] = [
  {
    what: 'a report is answered without timestamp',
    row: '`PATCH /orders/{id}/result` answers',
    fails: ['results-answer'],
    mutate: changes(isResult, (answered) => delete given(answered)['timestamp']),
  },
  {
    what: 'no test can be cancelled',
    row: '`result.value` is one of eight',
    fails: ['results-values'],
    mutate: answers(
      400,
      and(isResult, (asked) => resultValue(asked) === 'cancelled'),
    ),
  },
  {
    what: 'a result may have any value',
    row: '`result.value` is one of eight',
    fails: ['results-unknown-value'],
    mutate: accepts(and(isResult, (asked) => resultValue(asked) === 'verify_unknown')),
  },
  {
    what: 'an attachment may be anything',
    row: '`result.value` is one of eight',
    fails: ['results-content-type'],
    mutate: accepts(and(isResult, sends('attachments'))),
  },
  {
    what: 'a date alone will do',
    row: 'Dates in bodies are',
    fails: ['results-date'],
    mutate: accepts(and(isResult, sends('start_date'))),
  },
  {
    what: 'unknown properties are refused',
    row: 'Unknown properties are accepted',
    fails: ['results-unknown-properties', 'results-nothing-known'],
    mutate: answers(400, and(isResult, sends('verify_unknown'))),
  },
  {
    what: 'a report without known properties is refused',
    row: 'A report without any property',
    fails: ['results-nothing-known'],
    mutate: answers(
      400,
      and(isResult, sends('verify_unknown'), (asked) => !sends('summary')(asked)),
    ),
  },
  {
    what: 'orders are not found by their remote id',
    row: 'Wherever an id is expected',
    fails: ['results-remote-id'],
    mutate: answers(
      404,
      and(isResult, (asked) => !asked.path.includes('/verify-')),
    ),
  },
  {
    what: 'it answers 400 for an order that is not there',
    row: 'An order or a package that the account',
    fails: ['results-unknown-order'],
    mutate: answers(400, and(isResult, was(404))),
  },
  {
    what: 'null does not clear',
    row: 'Results merge',
    fails: ['results-merge'],
    mutate: changes(isResults, (answered) => (data(answered)['summary'] = 'First')),
  },
  {
    what: 'source_value is merged',
    row: 'Results merge',
    fails: ['results-merge'],
    mutate: changes(isResults, (answered) =>
      Object.assign(Object(data(answered)['result']) as object, { source_value: { a: 1, b: 2 } }),
    ),
  },
  {
    what: 'a result has no candidate',
    row: 'The candidate of a result',
    fails: ['results-candidate'],
    mutate: changes(isResults, (answered) => (data(answered)['candidate'] = null)),
  },
  {
    what: 'a result keeps the id that was sent',
    row: 'The body of "update result"',
    fails: ['results-own-id'],
    mutate: changes(isResults, (answered) => (data(answered)['id'] = 'verify-result')),
  },
]

const isPackage = isRead(checkPackages)

export const checkDifferences: readonly Difference[] = [
  {
    what: 'a background check has no page',
    row: 'Orders and results of background checks',
    fails: ['checks-order'],
    mutate: changes(isCheck, (answered) => delete given(answered)['test_url']),
  },
  {
    what: 'a repeated background check is another one',
    row: 'Orders and results of background checks',
    fails: ['checks-repeat'],
    mutate: repeated(checkOrders),
  },
  {
    what: 'the remote id of the body is kept',
    row: 'The `remote_id` in the body',
    fails: ['checks-remote-id'],
    mutate: changes(isCheck, (answered) => (given(answered)['remote_id'] = 'verify-remote-id')),
  },
  {
    what: 'its result is answered without message',
    row: 'Orders and results of background checks',
    fails: ['checks-result'],
    mutate: changes(isReport(checkOrders), (answered) => delete given(answered)['message']),
  },
  {
    what: 'each kind has ids of its own',
    row: 'Both kinds of orders share',
    fails: ['checks-shared-ids'],
    mutate: accepts(and(isCheck, was(409))),
  },
  {
    what: 'a result is taken for either kind',
    row: 'Both kinds of orders share',
    fails: ['checks-other-kind'],
    mutate: accepts(and(isReport(checkOrders), was(404))),
  },
  {
    what: 'a new package is answered with 200',
    row: '`POST /packages` answers 201',
    fails: ['checks-create-package'],
    mutate: answers(200, and(isPost(checkPackages), was(201))),
  },
  {
    what: 'a package keeps its passthrough',
    row: 'Packages of background checks belong',
    fails: ['checks-keep-properties'],
    mutate: changes(isPackage, (answered) => (data(answered)['passthrough'] = {})),
  },
  {
    what: 'a changed package is answered without timestamp',
    row: '`PATCH` and `DELETE /packages/{id}`',
    fails: ['checks-update-package'],
    mutate: changes(isReport(checkPackages), (answered) => delete given(answered)['timestamp']),
  },
  {
    what: 'null does not clear a description',
    row: 'A change of a package',
    fails: ['checks-merge-package'],
    mutate: changes(isPackage, (answered) => (data(answered)['description'] = 'As before')),
  },
  {
    what: 'a deleted package is still there',
    row: '`PATCH` and `DELETE /packages/{id}`',
    fails: ['checks-delete-package'],
    mutate: accepts(
      and(isPackage, was(404), (asked) => !asked.path.includes('/verify-')),
      { data: {} },
    ),
  },
]
