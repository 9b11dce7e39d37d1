import { accepts, and, answers, changes, type Difference, given, isGet, isRead, was } from './difference'

type Account = Record<string, unknown>

const isList = isGet('/accounts')
const accountsOf = ({ json }: { json: unknown }) => json as Account[]

export const accountDifferences: readonly Difference[] = [
  {
    what: 'linked accounts come in an envelope',
    row: '`GET /accounts` answers a bare list',
    fails: ['accounts-list', 'accounts-order'],
    mutate: changes(
      and(isList, (asked) => asked.query === '', was(200)),
      (answered) => (answered.json = { data: answered.json }),
    ),
  },
  {
    what: 'accounts have another status',
    row: '`GET /accounts` answers a bare list',
    fails: ['accounts-get'],
    mutate: changes(isRead('/accounts'), (answered) => (given(answered)['status'] = 'ready')),
  },
  {
    what: 'accounts are public',
    row: '`GET /accounts` answers a bare list',
    fails: ['accounts-key'],
    mutate: accepts(and(isList, was(401)), []),
  },
  {
    what: 'the provider is no filter',
    row: 'The filters of linked accounts',
    fails: ['accounts-filters'],
    mutate: changes(
      (asked) => asked.query.startsWith('providers=verify-'),
      (answered) => accountsOf(answered).push({ id: 'acme' }),
    ),
  },
  {
    what: 'page is ignored',
    row: 'The filters of linked accounts',
    fails: ['accounts-pages'],
    mutate: changes(
      (asked) => asked.query.includes('page=2'),
      (answered) => (answered.json = [{ id: 'acme' }]),
    ),
  },
  {
    what: 'a page may have 101 accounts',
    row: '`page_size` is 25 unless',
    fails: ['accounts-wrong-size'],
    mutate: accepts(and(isList, was(400)), []),
  },
  {
    what: 'the newest account comes first',
    row: '`page_size` is 25 unless',
    fails: ['accounts-order'],
    mutate: changes(and(isList, was(200)), (answered) => accountsOf(answered).reverse()),
  },
  {
    what: 'it answers 400 for an account that is not there',
    row: 'A linked account that is unknown is 404',
    fails: ['accounts-unknown-id'],
    mutate: answers(400, and(isRead('/accounts'), was(404))),
  },
]
