import {
  accepts,
  and,
  answers,
  type Difference,
  isGet,
  isPost,
  isRead,
  orders,
  packages,
  sentJson,
  unified,
  was,
} from './difference'

const hasEncoding = (asked: { headers: object }) => 'content-encoding' in asked.headers

export const requestDifferences: readonly Difference[] = [
  {
    what: 'it answers 422 for malformed JSON',
    row: 'Malformed JSON is 400',
    fails: ['body-malformed'],
    mutate: answers(422, (asked, { status }) => asked.text === '{"id": ' && status === 400 && !hasEncoding(asked)),
  },
  {
    what: 'it answers 415 for a compressed body',
    row: 'A compressed body',
    fails: ['body-compressed'],
    mutate: answers(415, hasEncoding),
  },
  {
    what: 'it reads bodies of any length',
    row: 'A body over 1 MiB is 413',
    fails: ['body-too-large'],
    mutate: answers(400, was(413)),
  },
  {
    what: 'it answers 400 for long headers',
    row: 'A body over 1 MiB is 413',
    fails: ['headers-too-large'],
    mutate: answers(400, was(431)),
  },
  {
    what: 'it answers 403 for an unknown path',
    row: 'An unknown path, a wrong method',
    fails: ['path-unknown'],
    mutate: answers(
      403,
      and(isGet(`${unified}/no_such_resource`), (asked) => asked.headers.authorization !== undefined),
    ),
  },
  {
    what: 'it answers 405 for a wrong method',
    row: 'An unknown path, a wrong method',
    fails: ['path-method'],
    mutate: answers(405, (asked) => asked.method === 'PUT'),
  },
  {
    what: 'it answers a CORS preflight',
    row: 'An unknown path, a wrong method',
    fails: ['path-preflight'],
    mutate: accepts((asked) => asked.method === 'OPTIONS'),
  },
  {
    what: 'it ignores a slash at the end',
    row: 'An unknown path, a wrong method',
    fails: ['path-slashes'],
    mutate: accepts((asked) => asked.path.endsWith('/')),
  },
  {
    what: 'it answers 404 for a wrong percent-encoding',
    row: 'JSON deeper than 100 levels',
    fails: ['path-malformed'],
    mutate: answers(404, (asked) => asked.path.endsWith('%zz')),
  },
  {
    what: 'it answers 404 for an unknown host',
    row: 'A compressed body',
    fails: ['path-host'],
    mutate: answers(404, (asked) => asked.headers.host === 'not a host'),
  },
  {
    what: 'it answers 404 for what it does not support',
    row: 'An operation that is not supported is 501',
    fails: ['path-unsupported'],
    mutate: answers(404, was(501)),
  },
  {
    what: 'it knows no heartbeat',
    row: 'Every operation accepts `Prefer: heartbeat`',
    fails: ['heartbeat-applied'],
    mutate: (_asked, answered) => delete answered.headers['preference-applied'],
  },
  {
    what: 'it takes an empty body for {}',
    row: 'An empty body and a wrong content type',
    fails: ['body-empty'],
    mutate: accepts(and(isPost(orders), (asked) => asked.text === '')),
  },
  {
    what: 'it reads JSON whatever the content type',
    row: 'An empty body and a wrong content type',
    fails: ['body-content-type'],
    mutate: accepts((asked) => asked.headers['content-type'] === 'text/plain'),
  },
  {
    what: 'it reads JSON of any depth',
    row: 'JSON deeper than 100 levels',
    fails: ['body-too-deep'],
    mutate: accepts((asked) => 'deep' in Object(sentJson(asked)['passthrough'])),
  },
  {
    what: 'it answers 400 for a package that is not there',
    row: 'An order or a package that the account does not have',
    fails: ['packages-unknown-id'],
    mutate: answers(400, and(isRead(packages), was(404))),
  },
]
