import {
  accepts,
  and,
  answers,
  changes,
  data,
  type Difference,
  given,
  inner,
  isReport,
  isResults,
  orders,
  sends,
  sentJson,
  was,
} from './difference'
import type { Asked } from './proxy'

const isResult = isReport(orders)
const resultValue = (asked: Asked) => inner(sentJson(asked)['result'], 'value')

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
    row: 'Wherever a call expects an id',
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
