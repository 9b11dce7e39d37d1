import { type Operation, operations } from '../../../schemas/control/requests'

/** A behaviour of the emulated API, and how sure it is that the real one has it: a row of docs/reference/fidelity.md. */
export interface LedgerRow {
  behaviour: string
  /** The words are explained in docs/reference/fidelity.md. */
  sure: 'documented' | 'observed' | 'documented, observed' | 'assumed' | 'sandbox'
  /** The day on which that was last looked up. */
  checked: string
  /** The operations that it is about; none when it is about what is sent, or about no operation in particular. */
  operations: readonly Operation[]
  /** The answers that it is about; without them it is about the operation as a whole. */
  statuses?: readonly number[]
}

const read: readonly Operation[] = ['packages.list', 'packages.get', 'orders.get', 'results.get']
const withdrawn: readonly Operation[] = ['orders.get', 'results.get']
const written: readonly Operation[] = ['orders.create', 'results.update']

/** What a green test proves. */
export const ledger: readonly LedgerRow[] = [
  {
    behaviour: '`POST /orders` answers 200 `{id, remote_id, test_url}`, not wrapped in `data`',
    sure: 'documented, observed',
    checked: '2026-11-23',
    operations: ['orders.create'],
    statuses: [200],
  },
  {
    behaviour: 'Every property of the body may be left out or null; an empty object is an order',
    sure: 'documented, observed',
    checked: '2026-11-23',
    operations: ['orders.create'],
  },
  { behaviour: 'Unknown properties are accepted', sure: 'documented', checked: '2026-11-25', operations: written },
  {
    behaviour:
      'What is accepted, but looks like a mistake, is warned of in `x-sandbox-warning`, and refused with `SANDBOX_STRICT`',
    sure: 'sandbox',
    checked: '2026-11-25',
    operations: operations,
  },
  {
    behaviour:
      'Unknown properties are kept with the order: a repeat has to bring them again; of what is read, `raw` alone shows them',
    sure: 'assumed',
    checked: '2026-11-23',
    operations: ['orders.create', 'orders.get'],
  },
  {
    behaviour: 'A value of another type is refused with 400 and never converted',
    sure: 'documented',
    checked: '2026-11-23',
    operations: written,
    statuses: [400],
  },
  {
    behaviour: '`application_status.value` outside of its published list is refused with 400',
    sure: 'assumed',
    checked: '2026-11-23',
    operations: ['orders.create'],
    statuses: [400],
  },
  {
    behaviour: 'A body that breaks the schema: `errors` has what is wrong, a sentence each',
    sure: 'documented',
    checked: '2026-11-25',
    operations: written,
    statuses: [400],
  },
  {
    behaviour:
      'The wording of those sentences, and that `message` holds them all (in one example it is "Validation failed")',
    sure: 'assumed',
    checked: '2026-11-25',
    operations: written,
    statuses: [400],
  },
  {
    behaviour: 'The order keeps the `id` of the body, or gets a new UUID',
    sure: 'assumed',
    checked: '2026-11-23',
    operations: ['orders.create'],
  },
  {
    behaviour:
      'The same `id` and body again is the same order; with another body it is a conflict, 409 (`SANDBOX_REPEATED_ORDERS` changes that)',
    sure: 'assumed',
    checked: '2026-11-25',
    operations: ['orders.create'],
    statuses: [409],
  },
  {
    behaviour: 'The form of `test_url`',
    sure: 'assumed',
    checked: '2026-11-23',
    operations: ['orders.create'],
    statuses: [200],
  },
  {
    behaviour: '`GET /packages/{id}` answers 200 `{data}`, with `raw` when asked for',
    sure: 'documented, observed',
    checked: '2026-11-25',
    operations: ['packages.get'],
    statuses: [200],
  },
  {
    behaviour:
      'StackOne has withdrawn `GET /orders/{id}` and `GET /orders/{id}/results`: its documents have neither any more, and its SDK had them last in 4.25.2',
    sure: 'documented, observed',
    checked: '2026-11-25',
    operations: withdrawn,
  },
  {
    behaviour: 'The withdrawn reads are still answered, with 200 `{data}` as they were last published',
    sure: 'assumed',
    checked: '2026-11-25',
    operations: withdrawn,
    statuses: [200],
  },
  {
    behaviour: '`GET /packages` answers 200 `{next, data}`; `page_size` is 25 unless it is given',
    sure: 'documented, observed',
    checked: '2026-11-25',
    operations: ['packages.list'],
    statuses: [200],
  },
  {
    behaviour: 'A page may be shorter than asked for, or empty, and still have a `next`: only `next` null is the end',
    sure: 'documented',
    checked: '2026-11-25',
    operations: ['packages.list'],
    statuses: [200],
  },
  {
    behaviour: 'A wrong `page_size` (over 100, too), `page`, date or cursor is 400; the message',
    sure: 'assumed',
    checked: '2026-11-25',
    operations: ['packages.list'],
    statuses: [400],
  },
  {
    behaviour:
      '`fields`, `raw`, `page`, `updated_after` are taken; the SDK sends a filter as `updated_after`, and the keys of `proxy` bare',
    sure: 'documented, observed',
    checked: '2026-11-23',
    operations: read,
  },
  {
    behaviour: '`proxy[...]` and `filter[updated_after]` are taken; a date without a zone is UTC',
    sure: 'documented',
    checked: '2026-11-23',
    operations: read,
  },
  {
    behaviour:
      'Names in `fields` that are none are passed over; `filter` and `updated_after` leave out what was not changed later than that',
    sure: 'assumed',
    checked: '2026-11-23',
    operations: read,
  },
  {
    behaviour: 'The packages themselves and their order, the calls that `raw` shows',
    sure: 'sandbox',
    checked: '2026-11-23',
    operations: read,
  },
  {
    behaviour: '`PATCH /orders/{id}/result` answers 200 `{statusCode, message, timestamp}`',
    sure: 'documented, observed',
    checked: '2026-11-23',
    operations: ['results.update'],
    statuses: [200],
  },
  {
    behaviour: '`result.value` is one of eight values, `content_type.value` of an attachment one of five',
    sure: 'documented, observed',
    checked: '2026-11-25',
    operations: ['results.update', 'results.get'],
  },
  {
    behaviour: 'The body of "update result" has no `id`: the identifiers of a result are never a client\'s to give',
    sure: 'documented',
    checked: '2026-11-25',
    operations: ['results.update'],
  },
  {
    behaviour:
      "Results merge: what is left out stays, null clears and is read as null, objects merge, the provider's own values are replaced whole",
    sure: 'assumed',
    checked: '2026-11-23',
    operations: ['results.update'],
  },
  {
    behaviour: 'An order without a result answers 404 for its results',
    sure: 'assumed',
    checked: '2026-11-23',
    operations: ['results.get'],
    statuses: [404],
  },
  {
    behaviour: 'The candidate of a result is the one of the order, unless the report names another one or null',
    sure: 'assumed',
    checked: '2026-11-23',
    operations: ['results.update', 'results.get'],
  },
  {
    behaviour: 'Wherever an id is asked for, the id and the remote id do',
    sure: 'documented',
    checked: '2026-11-25',
    operations: ['orders.get', 'results.update', 'results.get', 'packages.get'],
  },
  {
    behaviour: 'A report with nothing in it that StackOne knows is answered 200, and triggers no callback or webhook',
    sure: 'assumed',
    checked: '2026-11-25',
    operations: ['results.update'],
    statuses: [200],
  },
  {
    behaviour: "An order, a package that is not the account's is 404",
    sure: 'documented',
    checked: '2026-11-23',
    operations: ['orders.get', 'results.update', 'results.get', 'packages.get'],
    statuses: [404],
  },
  {
    behaviour: 'HTTP Basic with the key as user name and an empty password; otherwise 401',
    sure: 'documented',
    checked: '2026-11-23',
    operations: operations,
    statuses: [401],
  },
  {
    behaviour: 'A key may be encoded with its colon or without',
    sure: 'documented, observed',
    checked: '2026-11-25',
    operations: operations,
  },
  {
    behaviour: 'A key that may only read calls GET alone; what a key may not do is 403',
    sure: 'documented',
    checked: '2026-11-25',
    operations: operations,
    statuses: [403],
  },
  { behaviour: '`x-account-id` is required', sure: 'documented', checked: '2026-11-23', operations: operations },
  {
    behaviour: 'A call without `x-account-id` is refused with 400 and this message',
    sure: 'assumed',
    checked: '2026-11-23',
    operations: operations,
    statuses: [400],
  },
  {
    behaviour:
      'An unknown account is 404; one whose integration is disabled is 412, with `errorCode` `AccountIntegrationInactiveError`',
    sure: 'documented',
    checked: '2026-11-25',
    operations: operations,
    statuses: [404, 412],
  },
  {
    behaviour:
      'Credentials of the linked account that have expired, are wrong or are refused: 401 with `errorCode` `AccountExpiredCredentialsError`, `AccountInvalidCredentialsError`, `AccountAuthenticationFailedError`',
    sure: 'documented',
    checked: '2026-11-25',
    operations: operations,
    statuses: [401],
  },
  {
    behaviour: 'The `message` of a 422 is "Validation error"',
    sure: 'documented',
    checked: '2026-11-25',
    operations: operations,
    statuses: [422],
  },
  {
    behaviour:
      'The key is checked first, then what it may do, then the account, then the body; paths that are not emulated are answered without a key',
    sure: 'assumed',
    checked: '2026-11-25',
    operations: operations,
  },
  {
    behaviour: 'The body of errors: `statusCode`, `message`, `timestamp`, `errorCode`, `provider_errors`',
    sure: 'documented, observed',
    checked: '2026-11-23',
    operations: operations,
  },
  {
    behaviour: '`errorCode` is `ValidationError` for a body that breaks the schema',
    sure: 'documented',
    checked: '2026-11-23',
    operations: written,
    statuses: [400],
  },
  {
    behaviour: 'Every other `errorCode`, and every other `message`',
    sure: 'assumed',
    checked: '2026-11-23',
    operations: operations,
  },
  {
    behaviour: 'Malformed JSON is 400',
    sure: 'documented',
    checked: '2026-11-23',
    operations: written,
    statuses: [400],
  },
  {
    behaviour: 'An empty body and a wrong content type are 400',
    sure: 'assumed',
    checked: '2026-11-23',
    operations: written,
    statuses: [400],
  },
  {
    behaviour: 'A body over 1 MiB is 413, headers over 16 KiB are 431, a request that is too slow is 408',
    sure: 'assumed',
    checked: '2026-11-23',
    operations: operations,
    statuses: [408, 413, 431],
  },
  {
    behaviour:
      'JSON deeper than 100 levels, an `id` over 1,024 characters, an account over 255, a body that is not UTF-8, and a malformed path are 400',
    sure: 'assumed',
    checked: '2026-11-23',
    operations: operations,
    statuses: [400],
  },
  {
    behaviour:
      'An unknown path, a wrong method, a CORS preflight, and a double slash or one at the end of a path are 404',
    sure: 'assumed',
    checked: '2026-11-25',
    operations: [],
  },
  {
    behaviour: 'A compressed body, an `id` with half of a surrogate pair, and a missing or invalid `Host` are 400',
    sure: 'assumed',
    checked: '2026-11-25',
    operations: [],
  },
  {
    behaviour:
      'Dates in bodies are date-times of RFC 3339; `updated_after` may also be a date alone, or lack its seconds',
    sure: 'assumed',
    checked: '2026-11-25',
    operations: [],
  },
  {
    behaviour: 'An operation that is not supported is 501',
    sure: 'documented, observed',
    checked: '2026-11-23',
    operations: operations,
    statuses: [501],
  },
  {
    behaviour:
      'Every operation may answer each of the statuses that faults and accounts can ask for, with `Retry-After: 60` for 408 and 429',
    sure: 'documented, observed',
    checked: '2026-11-25',
    operations: operations,
    statuses: [400, 401, 403, 404, 408, 409, 412, 422, 429, 500, 501, 502],
  },
  {
    behaviour: 'Every operation takes `Prefer: heartbeat`, and answers it with `Preference-Applied: heartbeat`',
    sure: 'documented, observed',
    checked: '2026-11-25',
    operations: operations,
  },
  {
    behaviour:
      '`results_update_url` is sent every result that is recorded; nothing is sent when the candidate only opens or starts the test',
    sure: 'assumed',
    checked: '2026-11-23',
    operations: written,
  },
  {
    behaviour:
      'The callback\'s method (`PATCH`, can be set) and body (that of "update result", plus the order\'s `id` and `remote_id`), and that it is not signed',
    sure: 'assumed',
    checked: '2026-11-23',
    operations: [],
  },
  {
    behaviour:
      'Webhooks: the events `ats_assessments.created` and `ats_assessments.updated`, with the fields of native events, `raw_event` (`headers`, `body`) and `event_data` among them',
    sure: 'documented',
    checked: '2026-11-25',
    operations: [],
  },
  {
    behaviour:
      'Webhooks: the header `x-stackone-signature`, HMAC-SHA256 over the raw body in base64url without padding; no timestamp beside it',
    sure: 'documented',
    checked: '2026-11-25',
    operations: [],
  },
  {
    behaviour: 'Webhooks: an event of an assessment holds `application_id` and `candidate_id`',
    sure: 'documented',
    checked: '2026-11-25',
    operations: [],
  },
  {
    behaviour:
      'Webhooks: those stand in `event_data`, beside the order and its `result`; `record_type` is `ats_assessments`; what is in `raw_event`',
    sure: 'assumed',
    checked: '2026-11-25',
    operations: [],
  },
  {
    behaviour: 'Every new order is told as `created`, every recorded result as `updated`',
    sure: 'assumed',
    checked: '2026-11-23',
    operations: written,
  },
  {
    behaviour:
      'Retries: which answers, five attempts over about ten minutes, `Retry-After` by RFC 9110 (from a second to a day), 15 seconds of real time to answer, 410 disables',
    sure: 'assumed',
    checked: '2026-11-25',
    operations: [],
  },
  {
    behaviour:
      "The candidate's page: states initiated when opened, in_progress when started; the score and the pass mark of 60",
    sure: 'assumed',
    checked: '2026-11-23',
    operations: [],
  },
  {
    behaviour:
      'The rate limit is counted by key and minute, from the first call on (`SANDBOX_RATE_LIMIT`, off unless it is set)',
    sure: 'documented',
    checked: '2026-11-23',
    operations: operations,
    statuses: [429],
  },
  {
    behaviour:
      'While an answer with `Prefer: heartbeat` takes long, a newline a second, and the status 200 with the first',
    sure: 'assumed',
    checked: '2026-11-23',
    operations: operations,
  },
  {
    behaviour: 'Faults, accounts that always behave so, expiry of orders, the control API',
    sure: 'sandbox',
    checked: '2026-11-23',
    operations: [],
  },
  {
    behaviour: 'Candidates who finish by themselves (`+passed` …), `x-sandbox-delivery`, where deliveries may go',
    sure: 'sandbox',
    checked: '2026-11-23',
    operations: ['orders.create'],
  },
  {
    behaviour: '`x-sandbox-hint`, the limit on orders (422), `/_sandbox`, `/openapi.json`',
    sure: 'sandbox',
    checked: '2026-11-23',
    operations: operations,
  },
]
