import {
  allows,
  and,
  answers,
  changes,
  checkPackages,
  data,
  endsWith,
  type Difference,
  entries,
  first,
  given,
  isGet,
  isRead,
  packages,
  refuses,
  unified,
  was,
} from './difference'

const isPlain = (asked: { query: string }) => asked.query === ''
const isSized = (asked: { query: string }) => asked.query.startsWith('page_size=3')

export const readDifferences: readonly Difference[] = [
  {
    what: 'names of packages are numbers',
    row: '`GET /packages` answers 200',
    fails: ['packages-list'],
    mutate: changes(
      and(isGet(packages), (asked) => !asked.query.includes('fields')),
      (answered) => (first(answered)['name'] = 7),
    ),
  },
  {
    what: 'a package has no envelope',
    row: '`GET /packages/{id}` answers 200',
    fails: ['packages-get'],
    mutate: changes(
      and(isRead(packages), isPlain, (asked, answered) => endsWith(asked, data(answered)['id'])),
      (answered) => (answered.json = data(answered)),
    ),
  },
  {
    what: 'raw is ignored',
    row: '`GET /packages/{id}` answers 200',
    fails: ['packages-raw'],
    mutate: changes(isRead(checkPackages), (answered) => delete given(answered)['raw']),
  },
  {
    what: 'packages are not found by their remote id',
    row: 'Wherever a call expects an id',
    fails: ['packages-remote-id'],
    mutate: answers(
      404,
      and(isRead(packages), (asked, answered) => endsWith(asked, data(answered)['remote_id'])),
    ),
  },
  {
    what: 'a page has 10 entries by default',
    row: '`GET /packages` answers 200',
    fails: ['paging-default-size'],
    mutate: changes(
      and(isGet(packages), (asked) => !asked.query.includes('page_size'), was(200)),
      (answered) => (given(answered)['data'] = entries(answered).slice(0, 10)),
    ),
  },
  {
    what: 'next is missing on the last page',
    row: 'A page may be shorter than requested',
    fails: ['paging-next'],
    mutate: changes(isSized, (answered) => given(answered)['next'] ?? delete given(answered)['next']),
  },
  {
    what: 'next leads to the same page for ever',
    row: 'A page may be shorter than requested',
    fails: ['paging-next'],
    mutate: changes(isSized, (answered, asked) => {
      const next = new URLSearchParams(asked.query).get('next')
      if (next !== null) Object.assign(given(answered), { next, data: [] })
    }),
  },
  {
    what: 'a page may have 101 entries',
    row: 'An invalid `page_size`',
    fails: ['paging-wrong-size', 'paging-size-message'],
    mutate: allows('page_size=101'),
  },
  {
    what: 'it has other words for a wrong page_size',
    row: 'An invalid `page_size`',
    fails: ['paging-size-message'],
    mutate: changes(
      (asked) => asked.query === 'page_size=101',
      (answered) => (given(answered)['message'] = 'Too many'),
    ),
  },
  {
    what: 'pages are counted from 0',
    row: 'An invalid `page_size`',
    fails: ['paging-wrong-page'],
    mutate: allows('page=0'),
  },
  {
    what: 'a wrong cursor is ignored',
    row: 'An invalid `page_size`',
    fails: ['paging-wrong-cursor', 'errors-body', 'errors-codes', 'errors-messages'],
    mutate: allows('next=not-a-cursor'),
  },
  {
    what: 'a wrong date is ignored',
    row: 'An invalid `page_size`',
    fails: ['paging-wrong-date'],
    mutate: allows('=yesterday'),
  },
  {
    what: 'fields is refused',
    row: '`fields`, `raw`, `page` and',
    fails: ['query-fields'],
    mutate: refuses('fields=id'),
  },
  {
    what: 'unknown names in fields are refused',
    row: 'Unknown names in `fields`',
    fails: ['query-unknown-fields'],
    mutate: refuses('fields=id,no_such_property'),
  },
  {
    what: 'unknown parameters are refused',
    row: '`fields`, `raw`, `page` and',
    fails: ['query-old-parameters'],
    mutate: refuses('tenant=7'),
  },
  { what: 'proxy is refused', row: '`proxy[...]` and', fails: ['query-filter'], mutate: refuses('proxy[tenant]=7') },
  {
    what: 'updated_after is ignored',
    row: 'Unknown names in `fields`',
    fails: ['query-only-newer'],
    mutate: changes(
      (asked) => asked.query.includes('9999'),
      (answered) => (given(answered)['data'] = [{ id: 'old' }]),
    ),
  },
  {
    what: 'a date alone is refused',
    row: 'Dates in bodies are',
    fails: ['query-date-forms'],
    mutate: refuses('updated_after=2026-01-31'),
  },
  {
    what: 'names of departments are numbers',
    row: 'Lists of the ATS answer',
    fails: ['ats-list'],
    mutate: changes(isGet(`${unified}/departments`), (answered) => (first(answered)['name'] = 7)),
  },
  {
    what: 'a user has another envelope',
    row: 'Lists of the ATS answer',
    fails: ['ats-get'],
    mutate: changes(
      and(isRead(`${unified}/users`), isPlain, (asked, answered) => endsWith(asked, data(answered)['id'])),
      (answered) => (answered.json = { user: data(answered) }),
    ),
  },
  {
    what: 'raw is ignored for jobs',
    row: 'Lists of the ATS answer',
    fails: ['ats-raw'],
    mutate: changes(isRead(`${unified}/jobs`), (answered) => delete given(answered)['raw']),
  },
  {
    what: 'candidates are not found by their remote id',
    row: 'Lists of the ATS answer',
    fails: ['ats-remote-id'],
    mutate: answers(
      404,
      and(isRead(`${unified}/candidates`), (asked, answered) => endsWith(asked, data(answered)['remote_id'])),
    ),
  },
  {
    what: 'it answers 400 for a job that is not there',
    row: 'An id that the ATS',
    fails: ['ats-unknown-id'],
    mutate: answers(400, and(isRead(`${unified}/jobs`), was(404))),
  },
  {
    what: 'locations have a time zone',
    row: 'The properties of each record of the ATS',
    fails: ['ats-properties'],
    mutate: changes(isGet(`${unified}/locations`), (answered) => (first(answered)['time_zone'] = 'UTC')),
  },
  {
    what: 'candidates are not found by e-mail address',
    row: 'The properties of each record of the ATS',
    fails: ['ats-filter-email'],
    mutate: changes(
      (asked) => asked.query.includes('filter[email]'),
      (answered) => (given(answered)['data'] = []),
    ),
  },
  {
    what: 'applications for other jobs are listed too',
    row: 'The properties of each record of the ATS',
    fails: ['ats-filter-job'],
    mutate: changes(
      (asked) => asked.query.startsWith('job_id='),
      (answered) => entries(answered).push({ id: 'app', job_id: 'other' }),
    ),
  },
  {
    what: 'closed jobs are listed as open',
    row: 'The properties of each record of the ATS',
    fails: ['ats-filter-status'],
    mutate: changes(
      (asked) => asked.query.includes('job_status'),
      (answered) => entries(answered).push({ id: 'job', job_status: { value: 'closed' } }),
    ),
  },
  {
    what: 'custom fields are always shown',
    row: '`include` and `expand` show',
    fails: ['ats-on-demand'],
    mutate: changes(
      and(isGet(`${unified}/candidates`), (asked) => !asked.query.includes('include')),
      (answered) => {
        for (const each of entries(answered)) each['custom_fields'] = null
      },
    ),
  },
  {
    what: 'a sync token leaves out what did not change',
    row: '`include` and `expand` show',
    fails: ['ats-sync-token'],
    mutate: changes(
      (asked) => asked.query.includes('sync_token'),
      (answered) => (given(answered)['data'] = []),
    ),
  },
]
