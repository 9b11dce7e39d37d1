import {
  accepts,
  and,
  answers,
  changes,
  type Difference,
  given,
  isGet,
  isPost,
  isRead,
  orders,
  packages,
  unified,
  was,
} from './difference'

const hasKey = (text: string) => (asked: { headers: { authorization?: string | undefined } }) =>
  asked.headers.authorization === `Basic ${Buffer.from(text).toString('base64')}`
const wrong = hasKey('not-a-key:')
const hasNoAccount = (asked: { headers: object }) => !('x-account-id' in asked.headers)
const isUnknownAccount = (asked: { headers: Record<string, unknown> }) =>
  String(asked.headers['x-account-id']).startsWith('verify-')
const isNowhere = isGet(`${unified}/no_such_resource`)

export const accessDifferences: readonly Difference[] = [
  {
    what: 'it answers 403 without a key',
    row: 'HTTP Basic with the key',
    fails: ['key-missing'],
    mutate: answers(
      403,
      (asked) => asked.path === packages && asked.method === 'GET' && asked.headers.authorization === undefined,
    ),
  },
  {
    what: 'it answers 403 for a wrong key',
    row: 'HTTP Basic with the key',
    fails: ['key-wrong'],
    mutate: answers(403, (asked) => asked.path === packages && wrong(asked) && !hasNoAccount(asked)),
  },
  {
    what: 'it accepts bearer tokens',
    row: 'HTTP Basic with the key',
    fails: ['key-bearer'],
    mutate: accepts((asked) => asked.headers.authorization?.startsWith('Bearer') === true, { next: null, data: [] }),
  },
  {
    what: 'it refuses keys without a colon',
    row: 'A key may be encoded with or without the colon',
    fails: ['key-without-colon'],
    mutate: answers(401, hasKey('key-of-verify')),
  },
  {
    what: 'it answers without an account',
    row: '`x-account-id` is required',
    fails: ['account-missing', 'account-message', 'errors-body', 'errors-codes', 'errors-messages'],
    mutate: accepts(
      (asked) => asked.path === packages && hasNoAccount(asked) && !wrong(asked) && asked.method === 'GET',
      {},
    ),
  },
  {
    what: 'it has other words for a missing account',
    row: 'A call without `x-account-id` is refused with 400',
    fails: ['account-message', 'errors-messages'],
    mutate: changes(
      and(isGet(packages), hasNoAccount, was(400)),
      (answered) => (given(answered)['message'] = 'No account'),
    ),
  },
  {
    what: 'it answers 403 for an unknown account',
    row: 'An unknown account is 404',
    fails: ['account-unknown'],
    mutate: answers(403, and(isGet(packages), isUnknownAccount)),
  },
  {
    what: 'it looks for an account of any length',
    row: 'JSON deeper than 100 levels',
    fails: ['account-too-long'],
    mutate: answers(404, (asked) => String(asked.headers['x-account-id']).length > 255),
  },
  {
    what: 'it checks the account before the key',
    row: 'The key is checked first',
    fails: ['precedence-key-account'],
    mutate: answers(400, and(wrong, hasNoAccount)),
  },
  {
    what: 'it checks the body before the key',
    row: 'The key is checked first',
    fails: ['precedence-key-body'],
    mutate: answers(400, and(isPost(orders), wrong)),
  },
  {
    what: 'it checks the body before the account',
    row: 'The key is checked first',
    fails: ['precedence-account-body'],
    mutate: answers(400, and(isPost(orders), isUnknownAccount)),
  },
  {
    what: 'it wants a key for unknown paths',
    row: 'The key is checked first',
    fails: ['precedence-path-key'],
    mutate: answers(
      401,
      and(isNowhere, (asked) => asked.headers.authorization === undefined),
    ),
  },
  {
    what: 'its errors have no provider_errors',
    row: 'The body of errors',
    fails: ['errors-body'],
    mutate: changes(
      (_asked, { status }) => status >= 400,
      (answered) => delete given(answered)['provider_errors'],
    ),
  },
  {
    what: 'it has another errorCode for a missing package',
    row: 'Every other `errorCode`',
    fails: ['errors-codes'],
    mutate: changes(and(isRead(packages), was(404)), (answered) => (given(answered)['errorCode'] = 'Missing')),
  },
  {
    what: 'it has other words for a missing package',
    row: 'Every other `errorCode`',
    fails: ['errors-messages'],
    mutate: changes(and(isRead(packages), was(404)), (answered) => (given(answered)['message'] = 'Missing')),
  },
]
