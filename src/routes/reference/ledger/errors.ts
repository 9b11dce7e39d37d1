import { operations } from '../../../../schemas/control/requests'
import { written } from './operations'
import type { LedgerRow } from './row'

/** Errors, limits and what every operation answers. */
export const errorsRows: readonly LedgerRow[] = [
  {
    behaviour: 'The `message` of a 422 is "Validation error"',
    sure: 'documented',
    unprobed: "it can't be provoked on purpose",
    operations: operations,
    statuses: [422],
  },
  {
    behaviour: 'The body of errors: `statusCode`, `message`, `timestamp`, `errorCode`, `provider_errors`',
    sure: 'documented, observed',
    probes: ['errors-body'],
    operations: operations,
  },
  {
    behaviour: '`errorCode` is `ValidationError` for a body that breaks the schema',
    sure: 'documented',
    probes: ['orders-error-code'],
    operations: written,
    statuses: [400],
  },
  {
    behaviour: 'Every other `errorCode`, and every other `message`',
    sure: 'assumed',
    probes: ['errors-codes', 'errors-messages'],
    operations: operations,
  },
  {
    behaviour: 'Malformed JSON is 400',
    sure: 'documented',
    probes: ['body-malformed'],
    operations: written,
    statuses: [400],
  },
  {
    behaviour: 'An empty body and a wrong content type are 400',
    sure: 'assumed',
    probes: ['body-empty', 'body-content-type'],
    operations: written,
    statuses: [400],
  },
  {
    behaviour: 'A body over 1 MiB is 413, headers over 16 KiB are 431, a slow request is 408',
    sure: 'assumed',
    probes: ['body-too-large', 'headers-too-large'],
    operations: operations,
    statuses: [408, 413, 431],
  },
  {
    behaviour:
      'JSON deeper than 100 levels, an `id` over 1,024 characters, an account over 255, a body that is not UTF-8, and a malformed path are 400',
    sure: 'assumed',
    probes: ['body-too-deep', 'orders-long-id', 'account-too-long', 'path-malformed'],
    operations: operations,
    statuses: [400],
  },
  {
    behaviour: 'An unknown path, a wrong method, a CORS preflight, and a double or trailing slash in a path are 404',
    sure: 'assumed',
    probes: ['path-unknown', 'path-method', 'path-preflight', 'path-slashes'],
    operations: [],
  },
  {
    behaviour: 'A compressed body, an `id` with half of a surrogate pair, and a missing or invalid `Host` are 400',
    sure: 'assumed',
    probes: ['body-compressed', 'orders-half-character', 'path-host'],
    operations: [],
  },
  {
    behaviour:
      'Dates in bodies are date-times of RFC 3339; `updated_after` may also be just a date, or without seconds',
    sure: 'assumed',
    probes: ['query-date-forms', 'results-date'],
    operations: [],
  },
  {
    behaviour: 'An operation that is not supported is 501',
    sure: 'documented, observed',
    probes: ['path-unsupported'],
    operations: operations,
    statuses: [501],
  },
  {
    behaviour:
      'Every operation may answer every status that faults and magic accounts offer, with `Retry-After: 60` for 408 and 429',
    sure: 'documented, observed',
    unprobed: "it can't be provoked on purpose",
    operations: operations,
    statuses: [400, 401, 403, 404, 408, 409, 412, 422, 429, 500, 501, 502],
  },
  {
    behaviour: 'Every operation accepts `Prefer: heartbeat`, and answers it with `Preference-Applied: heartbeat`',
    sure: 'documented, observed',
    probes: ['heartbeat-applied'],
    operations: operations,
  },
  {
    behaviour:
      'The rate limit counts by key and minute, starting with the first call (`SANDBOX_RATE_LIMIT`, off by default)',
    sure: 'documented',
    unprobed: 'it would take over a thousand calls a minute, and lock the key out',
    operations: operations,
    statuses: [429],
  },
  {
    behaviour: 'During a long call with `Prefer: heartbeat`, a newline every second, and status 200 with the first one',
    sure: 'assumed',
    unprobed: "a long call is needed, which can't be provoked on purpose",
    operations: operations,
  },
]
