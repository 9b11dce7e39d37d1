import {
  accepts,
  and,
  answers,
  changes,
  type Difference,
  given,
  inner,
  isPost,
  isRead,
  isResults,
  orders,
  repeated,
  sends,
  sentJson,
  was,
} from './difference'
import type { Asked } from './proxy'

const isOrder = isPost(orders)
const wrongType = (asked: Asked) => typeof inner(sentJson(asked)['candidate'], 'emails') === 'string'
const isBare = (asked: Asked) => sentJson(asked)['job'] === null

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
