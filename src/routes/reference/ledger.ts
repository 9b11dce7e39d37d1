import { type Operation, operations } from '../../../schemas/control/requests'
import { changeable } from '../../ats/ats'
import { resourceNames } from '../../ats/resources'

/**
 * A behaviour of the emulated API, and how well it is known that the real one has it: a row of
 * docs/reference/fidelity.md.
 */
export interface LedgerRow {
  behaviour: string
  /** The words are explained in docs/reference/fidelity.md. */
  sure: 'documented' | 'observed' | 'documented, observed' | 'assumed' | 'sandbox'
  /** The day on which this was last checked. */
  checked: string
  /** The operations it is about; empty for deliveries, and for what belongs to no operation. */
  operations: readonly Operation[]
  /** The answers it is about; missing if it is about the whole operation. */
  statuses?: readonly number[]
}

const packageLists: readonly Operation[] = ['packages.list', 'background_checks.packages.list']
const atsLists: readonly Operation[] = resourceNames.map((name) => `${name}.list` as const)
const atsGets: readonly Operation[] = resourceNames.map((name) => `${name}.get` as const)
const atsReads = [...atsLists, ...atsGets]
const changeableReads = changeable.flatMap((name) => [`${name}.list`, `${name}.get`] as const)
const withdrawn: readonly Operation[] = ['orders.get', 'results.get']
const readOfPackages: readonly Operation[] = [
  ...packageLists,
  'packages.get',
  'background_checks.packages.get',
  ...withdrawn,
]
const listed = [...packageLists, ...atsLists]
const read = [...readOfPackages, ...atsReads]
const linked: readonly Operation[] = ['accounts.list', 'accounts.get']
const withAccount = operations.filter((operation) => !linked.includes(operation))
const ordered: readonly Operation[] = ['orders.create', 'background_checks.orders.create']
const reported: readonly Operation[] = ['results.update', 'background_checks.results.update']
const ofOrders: readonly Operation[] = [...ordered, ...reported]
const onePackage: readonly Operation[] = [
  'background_checks.packages.get',
  'background_checks.packages.update',
  'background_checks.packages.delete',
]
const changedPackages: readonly Operation[] = [
  'background_checks.packages.create',
  'background_checks.packages.update',
  'background_checks.packages.delete',
]
/** Those with a body. */
const written: readonly Operation[] = [
  ...ofOrders,
  'background_checks.packages.create',
  'background_checks.packages.update',
]

/** What a green test proves. */
export const ledger: readonly LedgerRow[] = [
  {
    behaviour: '`POST /orders` answers 200 `{id, remote_id, test_url}`, not wrapped in `data`',
    sure: 'documented, observed',
    checked: '2026-11-23',
    operations: ordered,
    statuses: [200],
  },
  {
    behaviour: 'Every property of the body may be missing or null; an empty object is an order, or a package',
    sure: 'documented, observed',
    checked: '2026-11-23',
    operations: [...ordered, 'background_checks.packages.create'],
  },
  { behaviour: 'Unknown properties are accepted', sure: 'documented', checked: '2026-11-25', operations: written },
  {
    behaviour:
      'Likely mistakes in accepted requests cause a warning in `x-sandbox-warning`, and a refusal with `SANDBOX_STRICT`',
    sure: 'sandbox',
    checked: '2026-11-25',
    operations: operations,
  },
  {
    behaviour:
      'Unknown properties are kept with the order: a repeat must have them too; only `raw` shows them when reading',
    sure: 'assumed',
    checked: '2026-11-23',
    operations: [...ordered, 'orders.get'],
  },
  {
    behaviour: 'A value of another type is refused with 400 and never converted',
    sure: 'documented',
    checked: '2026-11-23',
    operations: written,
    statuses: [400],
  },
  {
    behaviour: '`application_status.value` outside its published list is refused with 400',
    sure: 'assumed',
    checked: '2026-11-23',
    operations: ordered,
    statuses: [400],
  },
  {
    behaviour: 'A body that breaks the schema: `errors` lists the violations, a sentence each',
    sure: 'documented',
    checked: '2026-11-25',
    operations: written,
    statuses: [400],
  },
  {
    behaviour: 'The wording of those sentences, and that `message` joins them (one example has "Validation failed")',
    sure: 'assumed',
    checked: '2026-11-25',
    operations: written,
    statuses: [400],
  },
  {
    behaviour: 'The order keeps the `id` of the body, or gets a new UUID',
    sure: 'assumed',
    checked: '2026-11-23',
    operations: ordered,
  },
  {
    behaviour:
      'Orders are idempotent: the same `id` and body again is the same order; another body is a conflict, 409 (see `SANDBOX_REPEATED_ORDERS`)',
    sure: 'assumed',
    checked: '2026-11-25',
    operations: ordered,
    statuses: [409],
  },
  {
    behaviour: 'The form of `test_url`',
    sure: 'assumed',
    checked: '2026-11-23',
    operations: ordered,
    statuses: [200],
  },
  {
    behaviour: '`GET /packages/{id}` answers 200 `{data}`, with `raw` on request',
    sure: 'documented, observed',
    checked: '2026-11-25',
    operations: ['packages.get', 'background_checks.packages.get'],
    statuses: [200],
  },
  {
    behaviour:
      'StackOne has withdrawn `GET /orders/{id}` and `GET /orders/{id}/results`: its documents no longer have them, and SDK 4.25.2 was the last with them',
    sure: 'documented, observed',
    checked: '2026-11-25',
    operations: withdrawn,
  },
  {
    behaviour: 'The withdrawn reads are still answered, with 200 `{data}` as last published',
    sure: 'assumed',
    checked: '2026-11-25',
    operations: withdrawn,
    statuses: [200],
  },
  {
    behaviour: '`GET /packages` answers 200 `{next, data}`; `page_size` defaults to 25',
    sure: 'documented, observed',
    checked: '2026-11-25',
    operations: packageLists,
    statuses: [200],
  },
  {
    behaviour: 'A page may be shorter than requested, or empty, and still have a `next`: only `next: null` ends a list',
    sure: 'documented',
    checked: '2026-11-25',
    operations: listed,
    statuses: [200],
  },
  {
    behaviour: 'An invalid `page_size` (such as over 100), `page`, date or cursor is 400; its message',
    sure: 'assumed',
    checked: '2026-11-25',
    operations: listed,
    statuses: [400],
  },
  {
    behaviour:
      '`fields`, `raw`, `page` and `updated_after` are accepted; the SDK sends a filter as `updated_after`, and the keys of `proxy` bare',
    sure: 'documented, observed',
    checked: '2026-11-23',
    operations: read,
  },
  {
    behaviour: '`proxy[...]` and `filter[updated_after]` are accepted; a date without a zone is UTC',
    sure: 'documented',
    checked: '2026-11-23',
    operations: read,
  },
  {
    behaviour:
      'Unknown names in `fields` are ignored; `filter` and `updated_after` return only what changed after that time',
    sure: 'assumed',
    checked: '2026-11-23',
    operations: read,
  },
  {
    behaviour: 'The packages and their order, and the calls that `raw` shows',
    sure: 'sandbox',
    checked: '2026-11-23',
    operations: readOfPackages,
  },
  {
    behaviour: '`PATCH /orders/{id}/result` answers 200 `{statusCode, message, timestamp}`',
    sure: 'documented, observed',
    checked: '2026-11-23',
    operations: reported,
    statuses: [200],
  },
  {
    behaviour: '`result.value` is one of eight values, `content_type.value` of an attachment one of five',
    sure: 'documented, observed',
    checked: '2026-11-25',
    operations: [...reported, 'results.get'],
  },
  {
    behaviour: 'The body of "update result" has no `id`: clients never assign the identifiers of a result',
    sure: 'documented',
    checked: '2026-11-25',
    operations: reported,
  },
  {
    behaviour:
      "Results merge: missing properties stay, null clears and reads as null, objects merge, the provider's own values are replaced as a whole",
    sure: 'assumed',
    checked: '2026-11-23',
    operations: reported,
  },
  {
    behaviour: 'An order without a result answers 404 for its results',
    sure: 'assumed',
    checked: '2026-11-23',
    operations: ['results.get'],
    statuses: [404],
  },
  {
    behaviour: 'The candidate of a result is that of the order, unless the report names another one, or null',
    sure: 'assumed',
    checked: '2026-11-23',
    operations: [...reported, 'results.get'],
  },
  {
    behaviour: 'Wherever an id is expected, the remote id works too',
    sure: 'documented',
    checked: '2026-11-25',
    operations: [...withdrawn, ...reported, 'packages.get', ...onePackage],
  },
  {
    behaviour: 'A report without any property that StackOne knows is answered 200, and triggers no callback or webhook',
    sure: 'assumed',
    checked: '2026-11-25',
    operations: reported,
    statuses: [200],
  },
  {
    behaviour: 'An order or a package of another account is 404',
    sure: 'documented',
    checked: '2026-11-23',
    operations: [...withdrawn, ...reported, 'packages.get', ...onePackage],
    statuses: [404],
  },
  {
    behaviour:
      'Orders and results of background checks behave like those of assessments, idempotent orders and merged results among them',
    sure: 'assumed',
    checked: '2026-11-27',
    operations: ['background_checks.orders.create', 'background_checks.results.update'],
  },
  {
    behaviour:
      'Both kinds of orders share the ids of an account: a background check with the `id` of an assessment is a conflict, 409; a result for an order of the other kind is 404',
    sure: 'assumed',
    checked: '2026-11-27',
    operations: ofOrders,
    statuses: [404, 409],
  },
  {
    behaviour: 'The `remote_id` in the body of an order is ignored: the sandbox assigns one',
    sure: 'assumed',
    checked: '2026-11-27',
    operations: ['background_checks.orders.create'],
  },
  {
    behaviour:
      '`POST /packages` answers 201 `{statusCode, message, timestamp, data}`, `data` with `id` and `remote_id`',
    sure: 'documented, observed',
    checked: '2026-11-27',
    operations: ['background_checks.packages.create'],
    statuses: [201],
  },
  {
    behaviour: '`PATCH` and `DELETE /packages/{id}` answer 200 `{statusCode, message, timestamp}`',
    sure: 'documented, observed',
    checked: '2026-11-27',
    operations: ['background_checks.packages.update', 'background_checks.packages.delete'],
    statuses: [200],
  },
  {
    behaviour:
      'Packages of background checks belong to an account, which can change and delete the built-in ones; `passthrough` and unknown properties are not kept',
    sure: 'assumed',
    checked: '2026-11-27',
    operations: changedPackages,
  },
  {
    behaviour:
      'A change of a package: missing properties stay, null clears; `tests` replaces the list, where a test with the id or remote id of an earlier one keeps what is missing, and any other is new',
    sure: 'assumed',
    checked: '2026-11-27',
    operations: ['background_checks.packages.update'],
  },
  {
    behaviour: 'Orders of a package that is changed or deleted stay as they were ordered',
    sure: 'assumed',
    checked: '2026-11-27',
    operations: ['background_checks.packages.update', 'background_checks.packages.delete'],
  },
  {
    behaviour:
      'Webhooks: `background_check_order.created` for background checks. A guide names it; the catalogue of events has none for them, so the sources conflict',
    sure: 'documented',
    checked: '2026-11-25',
    operations: [],
  },
  {
    behaviour:
      'Webhooks: `background_check_order.updated` and `.deleted`, and the payload of all three, in the form of assessment events',
    sure: 'assumed',
    checked: '2026-11-27',
    operations: [],
  },
  {
    behaviour: 'HTTP Basic with the key as user name and an empty password; otherwise 401',
    sure: 'documented',
    checked: '2026-11-23',
    operations: operations,
    statuses: [401],
  },
  {
    behaviour: 'A key may be encoded with or without the colon',
    sure: 'documented, observed',
    checked: '2026-11-25',
    operations: operations,
  },
  {
    behaviour: 'A read-only key allows only GET; calls that a key does not allow are 403',
    sure: 'documented',
    checked: '2026-11-25',
    operations: operations,
    statuses: [403],
  },
  { behaviour: '`x-account-id` is required', sure: 'documented', checked: '2026-11-23', operations: withAccount },
  {
    behaviour: 'A call without `x-account-id` is refused with 400 and this message',
    sure: 'assumed',
    checked: '2026-11-23',
    operations: withAccount,
    statuses: [400],
  },
  {
    behaviour:
      'An unknown account is 404; one with a disabled integration is 412, with `errorCode` `AccountIntegrationInactiveError`',
    sure: 'documented',
    checked: '2026-11-25',
    operations: withAccount,
    statuses: [404, 412],
  },
  {
    behaviour:
      'Expired, wrong or refused credentials of the linked account: 401 with `errorCode` `AccountExpiredCredentialsError`, `AccountInvalidCredentialsError`, `AccountAuthenticationFailedError`',
    sure: 'documented',
    checked: '2026-11-25',
    operations: withAccount,
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
      'The key is checked first, then its rights, the account and the body; paths that are not emulated are answered without a key',
    sure: 'assumed',
    checked: '2026-11-25',
    operations: withAccount,
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
    behaviour: 'A body over 1 MiB is 413, headers over 16 KiB are 431, a slow request is 408',
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
    behaviour: 'An unknown path, a wrong method, a CORS preflight, and a double or trailing slash in a path are 404',
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
      'Dates in bodies are date-times of RFC 3339; `updated_after` may also be just a date, or without seconds',
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
      'Every operation may answer every status that faults and magic accounts offer, with `Retry-After: 60` for 408 and 429',
    sure: 'documented, observed',
    checked: '2026-11-25',
    operations: operations,
    statuses: [400, 401, 403, 404, 408, 409, 412, 422, 429, 500, 501, 502],
  },
  {
    behaviour: 'Every operation accepts `Prefer: heartbeat`, and answers it with `Preference-Applied: heartbeat`',
    sure: 'documented, observed',
    checked: '2026-11-25',
    operations: operations,
  },
  {
    behaviour: 'Every recorded result is sent to `results_update_url`; opening or starting the test sends nothing',
    sure: 'assumed',
    checked: '2026-11-23',
    operations: ofOrders,
  },
  {
    behaviour:
      'The callback\'s method (`PATCH`, configurable) and body (that of "update result", plus the order\'s `id` and `remote_id`), and the lack of a signature',
    sure: 'assumed',
    checked: '2026-11-23',
    operations: [],
  },
  {
    behaviour:
      'Webhooks: the events `ats_assessments.created`, `.updated` and `.deleted`, with the fields of native events, `raw_event` (`headers`, `body`) and `event_data` among them',
    sure: 'documented',
    checked: '2026-11-25',
    operations: [],
  },
  {
    behaviour: 'Webhooks: one gets the events that it subscribes to, and no others',
    sure: 'documented',
    checked: '2026-11-27',
    operations: [],
  },
  {
    behaviour:
      'Webhooks: by default, one subscribes to the three events of assessments; an event that none subscribes to is kept with the status `not-subscribed`',
    sure: 'sandbox',
    checked: '2026-11-27',
    operations: [],
  },
  {
    behaviour: 'Webhooks: synthetic events (`style`) have none of `record_remote_id`, `raw_event` and `event_data`',
    sure: 'documented',
    checked: '2026-11-27',
    operations: [],
  },
  {
    behaviour: 'Webhooks: a new secret signs from the moment it is set, also retries of earlier deliveries',
    sure: 'assumed',
    checked: '2026-11-27',
    operations: [],
  },
  {
    behaviour:
      'Webhooks: the header `x-stackone-signature`, HMAC-SHA256 over the raw body in base64url without padding; no timestamp',
    sure: 'documented',
    checked: '2026-11-25',
    operations: [],
  },
  {
    behaviour: 'Webhooks: assessment events hold `application_id` and `candidate_id`',
    sure: 'documented',
    checked: '2026-11-25',
    operations: [],
  },
  {
    behaviour:
      'Webhooks: these are in `event_data`, beside the order and its `result`; `record_type` is `ats_assessments`, in synthetic events `assessments`; the content of `raw_event`',
    sure: 'assumed',
    checked: '2026-11-27',
    operations: [],
  },
  {
    behaviour: 'Every new order sends `created`, every recorded result `updated`',
    sure: 'assumed',
    checked: '2026-11-23',
    operations: ofOrders,
  },
  {
    behaviour:
      'An order that the recruiter cancels sends `deleted`, and does not expire; a result that is reported afterwards is recorded, and sends `updated`',
    sure: 'assumed',
    checked: '2026-11-27',
    operations: written,
  },
  {
    behaviour:
      'Retries: which answers cause them, five attempts over about ten minutes, `Retry-After` by RFC 9110 (from a second to a day), 15 seconds of real time to answer, 410 disables the webhook',
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
      'The rate limit counts by key and minute, starting with the first call (`SANDBOX_RATE_LIMIT`, off by default)',
    sure: 'documented',
    checked: '2026-11-23',
    operations: operations,
    statuses: [429],
  },
  {
    behaviour: 'During a long call with `Prefer: heartbeat`, a newline every second, and status 200 with the first one',
    sure: 'assumed',
    checked: '2026-11-23',
    operations: operations,
  },
  {
    behaviour:
      'Lists of the ATS answer 200 `{next, data}`, reads of one record 200 `{data}`, with `raw` on request; a record is found by its `id` or its `remote_id`',
    sure: 'documented, observed',
    checked: '2026-11-27',
    operations: atsReads,
    statuses: [200],
  },
  {
    behaviour: 'The properties of each record of the ATS, and the filters of each list',
    sure: 'documented, observed',
    checked: '2026-11-27',
    operations: atsReads,
    statuses: [200],
  },
  {
    behaviour:
      '`include` and `expand` show documents, attachments, custom fields, questionnaires and interview stages, which are otherwise left out; `sync_token` is ignored',
    sure: 'assumed',
    checked: '2026-11-27',
    operations: changeableReads,
    statuses: [200],
  },
  {
    behaviour: 'An id that the ATS of the account does not have is 404',
    sure: 'documented',
    checked: '2026-11-27',
    operations: atsGets,
    statuses: [404],
  },
  {
    behaviour: 'An application shows the results of the orders about it in `result_links`',
    sure: 'assumed',
    checked: '2026-11-27',
    operations: ['applications.list', 'applications.get'],
    statuses: [200],
  },
  {
    behaviour: 'The records of the ATS and their order, which is that of their ids (`SANDBOX_ATS` replaces them)',
    sure: 'sandbox',
    checked: '2026-11-27',
    operations: atsReads,
  },
  {
    behaviour:
      '`GET /accounts` answers a bare list, `GET /accounts/{id}` a bare account; both need a key, and no `x-account-id`',
    sure: 'observed',
    checked: '2026-11-27',
    operations: linked,
    statuses: [200],
  },
  {
    behaviour: 'The filters of linked accounts, `page` and `page_size`',
    sure: 'observed',
    checked: '2026-11-27',
    operations: ['accounts.list'],
  },
  {
    behaviour:
      '`page_size` is 25 unless it is given, and 100 at most; the order of linked accounts is that of their ids',
    sure: 'assumed',
    checked: '2026-11-27',
    operations: ['accounts.list'],
    statuses: [200, 400],
  },
  {
    behaviour: 'Which accounts are linked, with which provider and since when; an account that is unknown is 404',
    sure: 'sandbox',
    checked: '2026-11-27',
    operations: linked,
  },
  {
    behaviour:
      'Providers refuse what they do not take: a second final result (Greenhouse), an incomplete score or attachment (SmartRecruiters)',
    sure: 'documented',
    checked: '2026-11-27',
    operations: reported,
    statuses: [422],
  },
  {
    behaviour: 'A refusal by such a provider is 422, with its answer in `provider_errors`',
    sure: 'assumed',
    checked: '2026-11-27',
    operations: reported,
    statuses: [422],
  },
  {
    behaviour:
      'The packages endpoint is asked before a recruiter orders: `POST`, `{job_id, account_id, provider}`, signed, with HTTP Basic',
    sure: 'documented',
    checked: '2026-11-27',
    operations: [],
  },
  {
    behaviour:
      'The packages endpoint has five seconds to answer and 1 MiB for its answer; the key is encoded exactly as it is given; redirects are not followed',
    sure: 'assumed',
    checked: '2026-11-27',
    operations: [],
  },
  {
    behaviour: 'Faults, magic accounts, expiry of orders, the control API',
    sure: 'sandbox',
    checked: '2026-11-23',
    operations: [],
  },
  {
    behaviour: 'Automatic candidates (`+passed` …), `x-sandbox-delivery`, allowed targets of deliveries',
    sure: 'sandbox',
    checked: '2026-11-23',
    operations: ordered,
  },
  {
    behaviour: '`x-sandbox-hint`, the limit on orders (422), `/_sandbox`, `/openapi.json`',
    sure: 'sandbox',
    checked: '2026-11-23',
    operations: operations,
  },
]
