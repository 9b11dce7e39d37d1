import type { ErrorBody, ProviderError } from '../schemas/error'
import { kindInWords, type OrderKind } from '../schemas/order-kinds'
import { isoTime } from './date-time'
import { sentencesOf, type Warnings } from './warnings'

interface ErrorDefinition<Details extends unknown[]> {
  /** HTTP status. */
  status: number
  /** StackOne's `errorCode`. Documented for few statuses; others are assumed from the SDK's error names. */
  errorCode: string
  /** When it happens, as docs/reference/errors.md says it. */
  when: string
  /** What is wrong: StackOne's `message`, assumed unless the contract quotes it. */
  message: (...details: Details) => string
  /** What to do about it: the `x-sandbox-hint` header. */
  hint: (...details: Details) => string
  /** Its description in the log, if `when` is not enough. Holds nothing a client sent, which may be a credential. */
  logged?: (...details: Details) => string
  /** Further properties of its body. */
  details?: (...details: Details) => object
}

/** `text` with everything but printable ASCII replaced, since a client may have sent parts of it. */
export const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?')

/** An error to answer with. Thrown by behaviours and plugins, rendered by the error handler of its scope. */
export class SandboxError extends Error {
  override readonly name = 'SandboxError'

  constructor(
    readonly statusCode: number,
    readonly errorCode: string,
    message: string,
    /** What to do about it, in printable ASCII for headers and terminals. */
    readonly hint: string,
    /** Its description in the log. */
    readonly logged: string,
    /** Further properties of its body. */
    readonly details: { provider_errors?: ProviderError[]; errors?: string[] } & object = {},
  ) {
    super(message)
  }
}

function define<Details extends unknown[]>(definition: ErrorDefinition<Details>) {
  const make = (...details: Details) =>
    new SandboxError(
      definition.status,
      definition.errorCode,
      definition.message(...details),
      printable(definition.hint(...details)),
      definition.logged?.(...details) ?? definition.when,
      definition.details?.(...details),
    )
  return Object.assign(make, definition)
}

const notEmulated =
  'StackOne has this operation, but the sandbox does not emulate it. /openapi.json lists the emulated ones.'

/** What to do instead of an operation that is not emulated, by its path. */
const whyNotEmulated: Readonly<Record<string, string>> = {
  '/connect_sessions':
    "Accounts are linked in StackOne's hosted page, with real credentials, which the sandbox doesn't have. Link one with PUT /_sandbox/accounts/{id} instead.",
}

/** Maximum number of places that a hint names. */
const mostPlaces = 3

/** Where the body of an order differs from an earlier one with its id, in a sentence; empty if that is unknown. */
function differingFrom(places: readonly string[]): string {
  if (places.length === 0) return ''
  const named = places.slice(0, mostPlaces).map((place) => place.slice(0, 100))
  const more = places.length > mostPlaces ? ', and more' : ''
  return `It differs from the first in ${named.join(', ')}${more}. `
}

const noCursor = 'next must be a cursor from an earlier page'

/** Every error that the sandbox answers with. Call an entry with its details to get the error to throw. */
export const errors = {
  invalidBody: define<[violations: readonly string[], shape?: string]>({
    status: 400,
    errorCode: 'ValidationError',
    when: 'The body breaks the schema',
    message: (violations) => violations.join('; '),
    details: (violations) => ({ errors: violations }),
    hint: (_violations, shape) =>
      `${shape ?? 'Compare the body with the schema in /openapi.json'}. Nothing is converted: "3" is not 3.`,
    logged: (violations) => violations.join('; '),
  }),
  invalidQuery: define({
    status: 400,
    errorCode: 'ValidationError',
    when: 'A query parameter is wrong',
    message: (violations: readonly string[]) => violations.join('; '),
    details: (violations) => ({ errors: violations }),
    logged: (violations) => violations.join('; '),
    hint: (violations) =>
      violations.some((violation) => violation.includes('must be boolean'))
        ? 'Write true or false in lower case. Python sends True and False unless you convert them.'
        : 'Fix the query parameter. In a query a + is written %2B.',
  }),
  invalidPath: define({
    status: 400,
    errorCode: 'ValidationError',
    when: 'A part of the path is wrong (control)',
    message: (violations: readonly string[]) => violations.join('; '),
    details: (violations) => ({ errors: violations }),
    logged: (violations) => violations.join('; '),
    hint: () => 'Correct the path: /openapi.json lists the paths, and the values that each part may have.',
  }),
  suspicious: define({
    status: 400,
    errorCode: 'ValidationError',
    when: 'Something looks like a mistake, and `SANDBOX_STRICT` is on',
    message: (found: Warnings) => sentencesOf(found).join('; '),
    logged: (found) => sentencesOf(found).join('; '),
    details: (found) => ({ errors: sentencesOf(found) }),
    hint: () => 'StackOne would accept and ignore this. Correct it, or turn SANDBOX_STRICT off.',
  }),
  invalidCursor: define({
    status: 400,
    errorCode: 'ValidationError',
    when: '`next` is not a cursor',
    message: () => noCursor,
    details: () => ({ errors: [noCursor] }),
    hint: () => 'Use the `next` of the previous page unchanged, and no cursor for the first page.',
  }),
  malformedJson: define({
    status: 400,
    errorCode: 'BadRequestError',
    when: 'The body is not JSON',
    message: (reason: string) => `body is not valid JSON: ${reason}`,
    hint: () => 'Send the body as JSON text in UTF-8, uncompressed. The smallest body is {}.',
  }),
  emptyBody: define({
    status: 400,
    errorCode: 'BadRequestError',
    when: 'The body is empty',
    message: () => 'body is empty',
    hint: () => 'Send a JSON object; the smallest is {}.',
  }),
  encodedBody: define({
    status: 400,
    errorCode: 'BadRequestError',
    when: 'The body is compressed',
    message: (encoding: string) => `body has the content encoding ${encoding}`,
    hint: () => 'Send the body uncompressed, without a Content-Encoding header.',
    logged: () => 'the body is compressed',
  }),
  nestedTooDeep: define({
    status: 400,
    errorCode: 'BadRequestError',
    when: 'The JSON is nested deeper than 100 levels',
    message: (limit: number) => `body is nested deeper than ${String(limit)} levels`,
    hint: () => 'Flatten the body, or send the deep part as a string.',
  }),
  wrongContentType: define({
    status: 400,
    errorCode: 'BadRequestError',
    when: 'The content type is not `application/json`',
    message: (contentType: string | undefined) =>
      contentType === undefined ? 'Missing content-type header in request' : `Unsupported content type ${contentType}`,
    hint: () => 'Send the header Content-Type: application/json.',
  }),
  bodyTooLarge: define({
    status: 413,
    errorCode: 'PayloadTooLargeError',
    when: 'The body is over 1 MiB',
    message: () => 'body is larger than 1 MiB',
    hint: () => 'Send less: the limit is 1,048,576 bytes.',
  }),
  snapshotTooLarge: define({
    status: 413,
    errorCode: 'PayloadTooLargeError',
    when: 'A snapshot is over 64 MiB (control)',
    message: () => 'The snapshot is larger than 64 MiB',
    hint: () => 'Load it account by account (GET /_sandbox/snapshot?account=), or start the sandbox with --load FILE.',
  }),
  malformedPath: define({
    status: 400,
    errorCode: 'BadRequestError',
    when: 'The path is not a valid URL path',
    message: (path: string) => `${path} is not a valid path`,
    hint: () => 'Percent-encode each part of the path. A literal % is %25.',
  }),
  missingAccount: define({
    status: 400,
    errorCode: 'BadRequestError',
    when: '`x-account-id` is missing or empty',
    message: () => 'Missing x-account-id header in request',
    hint: () => 'Send the header x-account-id. Any value works unless SANDBOX_ACCOUNTS lists the accounts.',
  }),
  accountTooLong: define({
    status: 400,
    errorCode: 'BadRequestError',
    when: '`x-account-id` is over 255 characters',
    message: (limit: number) => `x-account-id header is longer than ${String(limit)} characters`,
    hint: () => 'Send the identifier of one account.',
  }),
  malformedAccountId: define({
    status: 400,
    errorCode: 'BadRequestError',
    when: 'The id of an account to link is blank, not valid text, or over 255 characters (control)',
    message: (limit: number) =>
      `The id of an account must be text, not blank, and at most ${String(limit)} characters long`,
    hint: () => 'Put the identifier of one account into the path, percent-encoded.',
  }),
  malformedRequest: define({
    status: 400,
    errorCode: 'BadRequestError',
    when: 'The request is malformed HTTP',
    message: (reason: string) => `Malformed request: ${reason}`,
    hint: () => 'Use an HTTP client to write the request: its head or its body is not valid HTTP/1.1.',
  }),
  http2: define({
    status: 400,
    errorCode: 'BadRequestError',
    when: 'The client speaks HTTP/2 with prior knowledge (h2c)',
    message: () => 'Malformed request: HTTP/2 is not supported',
    hint: () => 'The sandbox speaks only HTTP/1.1. Configure the client for that, as in curl --http1.1.',
  }),
  wrongHost: define({
    status: 400,
    errorCode: 'BadRequestError',
    when: 'The `Host` header is missing (HTTP/1.1), invalid or repeated',
    message: (why: string) => `Malformed request: the Host header is wrong: ${why}`,
    hint: () => 'Send one Host header with the name or address and the port, as every HTTP client does.',
  }),
  ownDelivery: define({
    status: 403,
    errorCode: 'ForbiddenError',
    when: 'A sandbox sent the request: a webhook or `results_update_url` points at a sandbox',
    message: () => 'Deliveries from a sandbox may not call a sandbox',
    hint: () => 'Point the webhook or results_update_url at your own server: sandboxes accept no deliveries.',
  }),
  notHttp: define({
    status: 400,
    errorCode: 'BadRequestError',
    when: 'The request is not HTTP, as with a client that uses https://',
    message: (...[reason]: [reason: string, isTls?: boolean]) => `Malformed request: ${reason}`,
    hint: (_reason, isTls) =>
      isTls
        ? 'The client speaks TLS, but this port expects plain HTTP/1.1: use http://, not https://, or serve HTTPS with --tls-cert and --tls-key.'
        : 'This is not HTTP. The sandbox speaks plain HTTP/1.1.',
  }),
  missingAuthorization: define({
    status: 401,
    errorCode: 'UnauthorizedError',
    when: 'There is no `Authorization` header',
    message: () => 'Missing authorization header in request',
    hint: () => 'Use HTTP Basic with the API key as user name and an empty password: curl -u sandbox:',
  }),
  malformedAuthorization: define({
    status: 401,
    errorCode: 'UnauthorizedError',
    when: 'The `Authorization` header is not HTTP Basic',
    message: () => 'Malformed authorization header in request',
    hint: () =>
      'Send Authorization: Basic base64(key + ":"). Bearer tokens and keys that are not base64 are not accepted.',
  }),
  unknownKey: define({
    status: 401,
    errorCode: 'UnauthorizedError',
    when: 'The API key or its password is wrong',
    message: () => 'Invalid API key',
    hint: () => 'Use a key from SANDBOX_API_KEYS (default: sandbox) as user name, with its password there, if any.',
  }),
  readOnlyKey: define({
    status: 403,
    errorCode: 'ForbiddenError',
    when: 'A key that `SANDBOX_API_KEYS` marks as read-only makes a call other than GET',
    message: (method: string) => `This API key is read-only, so it does not allow ${method}`,
    hint: () => 'Use a key with full rights, or remove "=read-only" from this one in SANDBOX_API_KEYS.',
  }),
  preflight: define({
    status: 404,
    errorCode: 'NotFoundError',
    when: 'A browser sends a CORS preflight for a page of another origin',
    message: (path: string) => `Cannot OPTIONS ${path}`,
    hint: () =>
      'A browser sent a CORS preflight for a page. Call from your server instead: API keys do not belong in pages.',
  }),
  unknownPath: define({
    status: 404,
    errorCode: 'NotFoundError',
    when: 'The path does not exist',
    message: ({ method, path }: { method: string; path: string; why: string }) => `Cannot ${method} ${path}`,
    hint: ({ why }) => `${why} /openapi.json lists all paths.`,
  }),
  wrongMethod: define({
    status: 404,
    errorCode: 'NotFoundError',
    when: 'The path does not allow the method',
    message: ({ method, path }: { method: string; path: string; allowed: readonly string[] }) =>
      `Cannot ${method} ${path}`,
    hint: ({ method, allowed }) => `This path does not allow ${method}, only ${allowed.join(', ')}.`,
  }),
  metricsOff: define({
    status: 404,
    errorCode: 'NotFoundError',
    when: '`/metrics` is called while `SANDBOX_METRICS` is off',
    message: () => 'Metrics are off',
    hint: () => 'Set SANDBOX_METRICS=on (--metrics) and restart the sandbox.',
  }),
  unknownAccount: define({
    status: 404,
    errorCode: 'NotFoundError',
    when: '`SANDBOX_ACCOUNTS` does not list the account, or it was unlinked',
    message: (account: string) => `Account ${account} not found`,
    hint: () =>
      'Add the account to SANDBOX_ACCOUNTS, or leave that setting out to accept any account. If it was unlinked: PUT /_sandbox/accounts/{id}.',
  }),
  unknownOrder: define({
    status: 404,
    errorCode: 'NotFoundError',
    when: 'The account has no order with this id',
    message: (id: string) => `Order ${id} not found`,
    hint: () => 'Use the id from the answer of POST /orders, with the same x-account-id.',
  }),
  noResultYet: define({
    status: 404,
    errorCode: 'NotFoundError',
    when: 'The order has no result yet',
    message: (id: string) => `Order ${id} has no result`,
    hint: () => 'Wait until the candidate finishes the test, or report a result with PATCH /orders/{id}/result.',
  }),
  unknownPackage: define({
    status: 404,
    errorCode: 'NotFoundError',
    when: 'The account has no package with this id',
    message: (id: string) => `Package ${id} not found`,
    hint: () => 'GET /packages lists the packages and their ids.',
  }),
  unknownTest: define({
    status: 404,
    errorCode: 'NotFoundError',
    when: 'No order has this `test_url` (page)',
    message: () => 'There is no such assessment',
    hint: () => 'Check the address. A restart loses the orders, unless they are kept in Redis or in a file.',
  }),
  unansweredQuestions: define({
    status: 400,
    errorCode: 'BadRequestError',
    when: 'A test is submitted with unanswered questions (page)',
    message: (numbers: readonly number[]) =>
      numbers.length === 1
        ? `Question ${numbers.join()} has no answer`
        : `Questions ${numbers.slice(0, -1).join(', ')} and ${numbers.slice(-1).join()} have no answer`,
    hint: () => 'Choose an answer to every question, then submit again.',
  }),
  missingConsent: define({
    status: 400,
    errorCode: 'BadRequestError',
    when: 'A background check is submitted without consent (page)',
    message: () => 'Your consent is missing',
    hint: () => 'Tick the box, then submit again.',
  }),
  scoreOutOfRange: define({
    status: 400,
    errorCode: 'BadRequestError',
    when: 'A score other than 0 to 100 is entered for the outcome (page)',
    message: () => 'The score is not a number from 0 to 100',
    hint: () => 'Enter a number such as 92 or 92.5, or leave the field empty.',
  }),
  testNotStarted: define<[kind?: OrderKind]>({
    status: 409,
    errorCode: 'ConflictError',
    when: 'A test is submitted before it was started (page)',
    message: (kind = 'assessment') => `The ${kindInWords(kind)} has not been started`,
    hint: () => 'Press Start first.',
  }),
  testFinished: define<[kind?: OrderKind]>({
    status: 409,
    errorCode: 'ConflictError',
    when: 'A test is started, submitted or cancelled after it was finished (page)',
    message: (kind = 'assessment') => `This ${kindInWords(kind)} is already finished`,
    hint: () => 'Nothing has changed. To take the test again, clear its result: PATCH {"result":null}.',
  }),
  orderCancelled: define({
    status: 409,
    errorCode: 'ConflictError',
    when: 'An order is cancelled that the recruiter has cancelled before (control)',
    message: (id: string) => `Order ${id} is already cancelled`,
    hint: () => 'Nothing has changed. Webhooks got the event when it was cancelled: see GET /_sandbox/deliveries.',
  }),
  unknownRecord: define({
    status: 404,
    errorCode: 'NotFoundError',
    when: 'The ATS of the account has no record with this id',
    message: (what: string, id: string) => `No ${what} with the id ${id}`,
    hint: () => 'Each account has its own ATS. Use an id that the sandbox returned for this account.',
  }),
  recordExists: define({
    status: 409,
    errorCode: 'ConflictError',
    when: 'A record would get the id or the remote id of another one (control)',
    message: (what: string, id: string) => `Another ${what} has the id or remote id ${id}`,
    hint: () => 'Leave id and remote_id out to get new ones, or change the existing record with PATCH.',
  }),
  unknownDelivery: define({
    status: 404,
    errorCode: 'NotFoundError',
    when: 'There is no delivery with this id (control)',
    message: (id: string) => `Delivery ${id} not found`,
    hint: () => 'GET /_sandbox/deliveries lists the deliveries and their ids. It keeps the last 10,000 finished ones.',
  }),
  notReplayable: define({
    status: 409,
    errorCode: 'ConflictError',
    when: 'A delivery is replayed that has no receiver, or was a request for packages (control)',
    message: (why: string) => `There is nothing to send again: ${why}`,
    hint: () =>
      'Ask for packages with POST /_sandbox/packages/fetch; add the event to a webhook with PATCH /_sandbox/webhooks/{id}.',
  }),
  unknownWebhook: define({
    status: 404,
    errorCode: 'NotFoundError',
    when: 'There is no webhook with this id (control)',
    message: (id: string) => `Webhook ${id} not found`,
    hint: () => 'GET /_sandbox/webhooks lists the webhooks and their ids.',
  }),
  unknownFault: define({
    status: 404,
    errorCode: 'NotFoundError',
    when: 'There is no fault with this id (control)',
    message: (id: string) => `Fault ${id} not found`,
    hint: () => 'GET /_sandbox/faults lists the faults and their ids.',
  }),
  unknownRequest: define({
    status: 404,
    errorCode: 'NotFoundError',
    when: 'The journal has no request with this number, or no longer has it (control)',
    message: (id: number) => `Request ${String(id)} not found`,
    hint: () => 'GET /_sandbox/requests lists the requests in the journal. SANDBOX_JOURNAL_SIZE sets its size.',
  }),
  waitTimedOut: define({
    status: 408,
    errorCode: 'WaitTimedOutError',
    when: 'The awaited item did not arrive in time (control)',
    message: ({ waited }: { waited: string; came: readonly unknown[] }) => waited,
    details: ({ came }) => ({ came }),
    hint: () => 'Compare the filter with what arrived. Raise timeoutMs (up to 60,000) if it just takes longer.',
  }),
  notVerified: define({
    status: 417,
    errorCode: 'NotVerifiedError',
    when: 'The number of matching requests is not as expected (control)',
    message: ({ why }: { why: string; came: readonly unknown[] }) => why,
    details: ({ came }) => ({ came }),
    hint: () => 'Compare the filter with what arrived. POST /_sandbox/requests/match compares without failing.',
  }),
  notClean: define({
    status: 417,
    errorCode: 'NotCleanError',
    when: 'A request was refused or has warnings, although none should (control)',
    message: ({ why }: { why: string; came: readonly unknown[] }) => why,
    details: ({ came }) => ({ came }),
    hint: () =>
      'Correct the client, or list expected problems under allow. If the journal is too small, raise SANDBOX_JOURNAL_SIZE.',
  }),
  requestTooSlow: define({
    status: 408,
    errorCode: 'RequestTimedOutError',
    when: 'The headers did not arrive within 10 seconds, or the body within 60',
    message: () => 'The request was not received in time',
    hint: () => 'Send the headers and the whole body without pauses.',
  }),
  missingControlToken: define({
    status: 401,
    errorCode: 'UnauthorizedError',
    when: 'The control token (`SANDBOX_CONTROL_TOKEN`, or the generated one) is missing or wrong (control)',
    message: () => 'Control token missing or wrong',
    hint: () =>
      'Send Authorization: Bearer TOKEN, with the value of SANDBOX_CONTROL_TOKEN or the token that the sandbox printed at its start.',
  }),
  foreignOrigin: define({
    status: 403,
    errorCode: 'ForbiddenError',
    when: 'A foreign web page calls the control API (control)',
    message: (origin: string) => `The control API may not be called from ${origin}`,
    hint: () => 'Call it from your tests or from the inspector. Pages of other origins are blocked.',
  }),
  foreignHost: define({
    status: 403,
    errorCode: 'ForbiddenError',
    when: 'The control API is called by a public name other than that of `SANDBOX_PUBLIC_URL` (control)',
    message: (host: string) => `The control API is not at ${host}`,
    hint: () => 'Call it by address or by a name without dots, or set SANDBOX_PUBLIC_URL to the name you use.',
  }),
  rateLimited: define({
    status: 429,
    errorCode: 'TooManyRequestsError',
    when: 'The key made more calls in a minute than `SANDBOX_RATE_LIMIT` allows',
    message: (limit: number) => `Too many requests: over ${String(limit)} a minute`,
    hint: (limit) =>
      `Each key may make ${String(limit)} calls a minute. Raise SANDBOX_RATE_LIMIT, or set it to 0 for no limit.`,
  }),
  orderConflict: define<[id: string, isAny?: boolean, differing?: readonly string[]]>({
    status: 409,
    errorCode: 'ConflictError',
    when: 'The account has an order with this `id` and another body, or any with `SANDBOX_REPEATED_ORDERS=conflict`',
    message: (id) => `An order with the id ${id} already exists`,
    hint: (_id, isAny, differing = []) =>
      isAny
        ? 'Give the new order another id, or none: SANDBOX_REPEATED_ORDERS refuses every repeat.'
        : `${differingFrom(differing)}Repeat an order with exactly the same body, or give the new one another id, or none.`,
  }),
  disabledAccount: define({
    status: 412,
    errorCode: 'AccountIntegrationInactiveError',
    when: '`SANDBOX_ACCOUNTS` or the control API disables the account',
    message: (account: string) => `Account ${account} is disabled`,
    hint: () =>
      'Remove "=disabled" from the account in SANDBOX_ACCOUNTS, or send {"status":"active"} to PUT /_sandbox/accounts/{id}.',
  }),
  wrongSnapshot: define({
    status: 422,
    errorCode: 'UnprocessableEntityError',
    when: 'A snapshot cannot be loaded (control)',
    message: (why: string) => `The snapshot cannot be loaded: ${why}`,
    hint: () => 'Load an unmodified answer of GET /_sandbox/snapshot. Nothing was changed.',
  }),
  tooManyOrders: define({
    status: 422,
    errorCode: 'UnprocessableEntityError',
    when: 'The sandbox holds `SANDBOX_MAX_ORDERS` orders',
    message: (limit: number) => `The limit of ${String(limit)} orders is reached`,
    hint: () => 'Raise SANDBOX_MAX_ORDERS (--max-orders), or reset accounts that are no longer needed.',
  }),
  ordersTooLarge: define({
    status: 422,
    errorCode: 'UnprocessableEntityError',
    when: 'The orders and their results take `SANDBOX_MAX_ORDER_BYTES`',
    message: (limit: number) => `The limit of ${String(limit)} bytes for all orders is reached`,
    hint: () => 'Raise SANDBOX_MAX_ORDER_BYTES (--max-order-bytes), or reset accounts that are no longer needed.',
  }),
  resultTooLarge: define({
    status: 422,
    errorCode: 'UnprocessableEntityError',
    when: 'The result of an order would exceed 2 MiB, or 16 MiB for all its webhooks with Redis',
    message: () => 'The result would be larger than 2 MiB, or than 16 MiB for all webhooks together',
    hint: () => 'Updates add up: clear properties with null, send links, or remove webhooks.',
  }),
  packagesUnavailable: define({
    status: 422,
    errorCode: 'UnprocessableEntityError',
    when: "The provider's packages endpoint cannot be asked, or its answer is wrong (control)",
    message: (problems: readonly string[]) => `The packages endpoint can't be used: ${problems.join('; ')}`,
    details: (problems) => ({ errors: problems }),
    hint: () => 'POST /_sandbox/packages/fetch asks it again, and shows the request and the answer.',
  }),
  packageNotOffered: define({
    status: 422,
    errorCode: 'UnprocessableEntityError',
    when: "A recruiter orders a package that the provider's packages endpoint does not offer (control)",
    message: (id: string, nearest: readonly string[]) =>
      id === ''
        ? `The order names no package id; the packages endpoint offers ${nearest.join(', ')}`
        : `The packages endpoint does not offer ${id}; the nearest is ${nearest.join(', ')}`,
    hint: () => 'POST /_sandbox/packages/fetch shows what it offers. Leave the package out to order the first one.',
  }),
  providerRefuses: define({
    status: 422,
    errorCode: 'UnprocessableEntityError',
    when: 'The ATS that the account is linked to refuses the result',
    message: ({ why }: { provider: string; why: string }) => why,
    hint: ({ provider }) =>
      `The account is linked to ${provider}, which refuses this. docs/reference/accounts.md lists what each provider refuses.`,
    details: ({ provider, why }) => ({
      provider_errors: [
        { status: 422, url: `https://${provider}.example.com/results`, raw: { error: why }, headers: {} },
      ],
    }),
  }),
  tooManyRecords: define({
    status: 422,
    errorCode: 'UnprocessableEntityError',
    when: 'An account has 10,000 records of a kind, or all records take 64 Mi characters',
    message: () => 'The limit of records is reached: 10,000 of a kind in an account, and 64 Mi characters in all',
    hint: () => 'Reset accounts that are no longer needed, or put a whole ATS into a file: SANDBOX_ATS.',
  }),
  tooManyAccounts: define({
    status: 422,
    errorCode: 'UnprocessableEntityError',
    when: '1,000 accounts have settings of their own (control)',
    message: (limit: number) => `The limit of ${String(limit)} accounts with settings of their own is reached`,
    hint: () => 'Reset accounts that are no longer needed: POST /_sandbox/reset?account=…',
  }),
  tooManyFaults: define({
    status: 422,
    errorCode: 'UnprocessableEntityError',
    when: 'The limit of faults is reached: 500 for an account, 5,000 in all (control)',
    message: (most: number) => `The limit of ${String(most)} faults is reached`,
    hint: () => 'Remove some first: DELETE /_sandbox/faults?account= removes those of an account, used up or not.',
  }),
  tooManyWebhooks: define({
    status: 422,
    errorCode: 'UnprocessableEntityError',
    when: 'The limit of webhooks is reached: 50 for an account, 1,000 in all (control)',
    message: (most: number) => `The limit of ${String(most)} webhooks is reached`,
    hint: () => 'Remove some first: DELETE /_sandbox/webhooks/{id}, or reset the account.',
  }),
  tooManyWaiting: define({
    status: 429,
    errorCode: 'TooManyRequestsError',
    when: 'The limit of waiting calls is reached: 100 for an account, 1,000 in all (control)',
    message: (most: number) => `The limit of ${String(most)} waiting calls is reached`,
    hint: () => 'Wait with fewer calls: one call can wait for several items with count.',
  }),
  tooManyViewers: define({
    status: 429,
    errorCode: 'TooManyRequestsError',
    when: 'The limit of viewers is reached: 200 (control)',
    message: (most: number) => `The limit of ${String(most)} connected viewers is reached`,
    hint: () => 'Close an inspector, or another connection to /_sandbox/live.',
  }),
  tooManySnapshots: define({
    status: 429,
    errorCode: 'TooManyRequestsError',
    when: 'Snapshots of over 128 MiB in all are being loaded (control)',
    message: () => 'Other large snapshots are being loaded',
    hint: () => 'Load them one at a time: try again when the others have been loaded.',
  }),
  headersTooLarge: define({
    status: 431,
    errorCode: 'BadRequestError',
    when: 'The headers are over 16 KiB',
    message: () => 'The headers of the request are too large',
    hint: () => 'Send at most 16 KiB of headers.',
  }),
  internal: define({
    status: 500,
    errorCode: 'InternalServerError',
    when: 'A defect in the sandbox',
    message: () => 'Internal server error',
    hint: () => "This is a defect in the sandbox, not in your client. Please report it with the sandbox's log.",
  }),
  storeAway: define({
    status: 502,
    errorCode: 'BadGatewayError',
    when: 'The Redis of `SANDBOX_STORE` does not answer',
    message: (at: string, why: string) => `The store at ${at} does not answer: ${why}`,
    hint: (at) =>
      `Start Redis at ${at}, or wait: the sandbox recovers by itself. Nothing was acknowledged, so repeat the call then.`,
    logged: (at, why) => `the store at ${at} does not answer: ${why}`,
  }),
  notEmulated: define({
    status: 501,
    errorCode: 'NotImplementedError',
    when: 'StackOne has the operation, but the sandbox does not emulate it',
    message: (method: string, path: string) => `${method} ${path} is not implemented`,
    hint: (_method, path) => whyNotEmulated[path] ?? notEmulated,
  }),
}

/** StackOne's `errorCode` and `message` by status, for errors that faults ask for. Most are assumed. */
const provoked: Readonly<Record<number, [errorCode: string, message: string]>> = {
  400: ['BadRequestError', 'Bad request'],
  401: ['UnauthorizedError', 'Unauthorized'],
  403: ['ForbiddenError', 'Forbidden resource'],
  404: ['NotFoundError', 'Resource not found'],
  408: ['RequestTimedOutError', 'The request timed out'],
  409: ['ConflictError', 'The resource already exists'],
  412: ['AccountIntegrationInactiveError', 'The integration of the account is disabled'],
  422: ['UnprocessableEntityError', 'Validation error'],
  429: ['TooManyRequestsError', 'Too many requests'],
  500: ['InternalServerError', 'Internal server error'],
  501: ['NotImplementedError', 'This operation is not supported for this provider'],
  502: ['BadGatewayError', 'The provider could not be reached'],
}

/** The statuses that faults answer with, as the contract lists them. */
export const provokedStatuses: readonly number[] = Object.keys(provoked).map(Number)

/**
 * The error that the fault `id` answers with. `message` and `errorCode` default to the usual ones. Errors from the
 * provider include its answer.
 */
export function provokedError(
  status: number,
  { message, errorCode }: { message?: string; errorCode?: string },
  id: string,
): SandboxError {
  const [usualCode, usual] = provoked[status] ?? ['Error', `Error ${String(status)}`]
  const providerStatus = { 422: 422, 502: 503 }[status]
  const provider_errors =
    providerStatus === undefined
      ? []
      : [{ status: providerStatus, url: 'https://provider.example.com/v1/orders', raw: { error: usual }, headers: {} }]
  const hint = `${askedBy(id)} see GET /_sandbox/faults, or the magic accounts in the documentation.`
  return new SandboxError(status, errorCode ?? usualCode, message ?? usual, hint, `asked for by ${id}`, {
    provider_errors,
  })
}

const askedBy = (id: string) => `${id} asked for this answer:`

/** Whether the error of a request was asked for by a fault. */
export const isAskedFor = ({ fault, hint }: { fault: string | null; hint: string | null }): boolean =>
  fault !== null && hint?.startsWith(askedBy(fault)) === true

/** `error` in the body of StackOne's errors (docs/contract.md: Errors). `now` in milliseconds since 1970. */
export function errorBody(error: SandboxError, now: number): ErrorBody {
  const { provider_errors = [], errors } = error.details
  return {
    statusCode: error.statusCode,
    message: error.message,
    timestamp: isoTime(now),
    errorCode: error.errorCode,
    provider_errors,
    ...(errors && { errors }),
  }
}
