import type { Operation } from '../../../schemas/control/requests'
import { maxAccountLength } from '../../../schemas/headers'
import { errors, provokedError, provokedStatuses, type SandboxError } from '../../errors'
import { resourceNames } from '../../ats/resources'
import { maxDepth } from '../../pure/json'
import { warningsOf } from '../../warnings'

/** The properties of an operation that decide how it can fail. */
export interface Called {
  method: string
  /** As written in the document. */
  path: string
  /** The operation of the emulated API; null for the sandbox's own. */
  operation: Operation | null
  takesBody: boolean
  takesQuery: boolean
}

/** An error as an operation answers it. */
export interface ErrorExample {
  /** The catalogue's name for it. */
  name: string
  when: string
  error: SandboxError
}

type Answers = (called: Called) => boolean

/** Paths that need no token and are not part of the control API. */
export const isHealth = (path: string) => path.startsWith('/_sandbox/health')

const never: Answers = () => false
const always: Answers = () => true
const emulated: Answers = ({ operation }) => operation !== null
const control: Answers = ({ path, operation }) => operation === null && !isHealth(path)
const withBody: Answers = ({ takesBody }) => takesBody
// Snapshots may be larger, and are checked when loaded.
const withUsualBody: Answers = ({ takesBody, method }) => takesBody && method !== 'PUT'
/** All but those about linked accounts, which need no `x-account-id`. */
const ofAccount: Answers = (called) => emulated(called) && !called.path.startsWith('/accounts')
const withAccount: Answers = (called) => ofAccount(called) || control(called)
const withState: Answers = (called) => emulated(called) || control(called)
const ofAts: Answers = ({ operation, path }) =>
  path.startsWith('/_sandbox/ats/') || (operation !== null && resourceNames.some((name) => operation === `${name}.get`))
const withParameter: Answers = ({ path }) => path.includes('{')
const by =
  (...known: Operation[]): Answers =>
  ({ operation }) =>
    operation !== null && known.includes(operation)
const at =
  (...calls: string[]): Answers =>
  ({ method, path }) =>
    calls.includes(`${method} ${path}`)
const either =
  (...ways: Answers[]): Answers =>
  (called) =>
    ways.some((answers) => answers(called))

const creates = ['orders.create', 'background_checks.orders.create'] as const
const reports = ['results.update', 'background_checks.results.update'] as const
const packageWrites = [
  'background_checks.packages.create',
  'background_checks.packages.update',
  'background_checks.packages.delete',
] as const
const writes = [...creates, ...reports, ...packageWrites] as const

const call = 'POST /_sandbox/orders'
const end = 'POST /_sandbox/orders/{id}/complete'
const order = 'order-2041'
const path = '/unified/ats/assessments/orders'

/** Each error of the catalogue with invented details, and the operations that answer it. */
const catalogue: Record<keyof typeof errors, readonly [SandboxError, Answers]> = {
  invalidBody: [
    errors.invalidBody(
      ['body/candidate/emails must be array or null'],
      'body/candidate/emails looks like [{"type":"personal","value":"mia.lindqvist@example.com"}]',
    ),
    withUsualBody,
  ],
  invalidQuery: [
    errors.invalidQuery(['query/raw must be boolean or null']),
    either(({ takesQuery }) => takesQuery, control),
  ],
  invalidPath: [
    errors.invalidPath([
      'resource must be one of candidates, applications, jobs, job_postings: users can only be read',
    ]),
    at(
      'GET /_sandbox/ats/{resource}',
      'POST /_sandbox/ats/{resource}',
      'GET /_sandbox/ats/{resource}/{id}',
      'PATCH /_sandbox/ats/{resource}/{id}',
    ),
  ],
  suspicious: [
    errors.suspicious(
      warningsOf({
        path: 'body/candidate/firstName',
        message:
          'body/candidate/firstName is not a property that StackOne knows, and is ignored: did you mean first_name?',
      }),
    ),
    emulated,
  ],
  invalidCursor: [
    errors.invalidCursor(),
    either(
      by('packages.list', 'background_checks.packages.list', ...resourceNames.map((name) => `${name}.list` as const)),
      at(
        'GET /_sandbox/ats/{resource}',
        'GET /_sandbox/orders',
        'GET /_sandbox/deliveries',
        'GET /_sandbox/requests',
        'POST /_sandbox/requests/find',
      ),
    ),
  ],
  malformedJson: [errors.malformedJson('Unexpected end of JSON input'), withBody],
  emptyBody: [errors.emptyBody(), withBody],
  encodedBody: [errors.encodedBody('gzip'), withBody],
  nestedTooDeep: [errors.nestedTooDeep(maxDepth), withBody],
  wrongContentType: [errors.wrongContentType('text/plain'), withBody],
  bodyTooLarge: [errors.bodyTooLarge(), withUsualBody],
  snapshotTooLarge: [errors.snapshotTooLarge(), at('PUT /_sandbox/snapshot')],
  malformedPath: [errors.malformedPath(`${path}/%`), withParameter],
  missingAccount: [errors.missingAccount(), withAccount],
  accountTooLong: [errors.accountTooLong(maxAccountLength), withAccount],
  malformedAccountId: [errors.malformedAccountId(maxAccountLength), at('PUT /_sandbox/accounts/{id}')],
  malformedRequest: [errors.malformedRequest('Invalid header value char'), always],
  http2: [errors.http2(), never],
  wrongHost: [errors.wrongHost('it is missing'), always],
  ownDelivery: [errors.ownDelivery(), always],
  notHttp: [errors.notHttp('Invalid method encountered'), never],
  missingAuthorization: [errors.missingAuthorization(), emulated],
  malformedAuthorization: [errors.malformedAuthorization(), emulated],
  unknownKey: [errors.unknownKey(), emulated],
  readOnlyKey: [errors.readOnlyKey('POST'), by(...writes)],
  preflight: [errors.preflight(path), never],
  unknownPath: [
    errors.unknownPath({
      method: 'GET',
      path: '/unified/ats/assessment/orders',
      why: `Check the path: did you mean ${path}?`,
    }),
    never,
  ],
  wrongMethod: [errors.wrongMethod({ method: 'PUT', path, allowed: ['POST'] }), never],
  metricsOff: [errors.metricsOff(), never],
  unknownAccount: [errors.unknownAccount('globex'), either(withAccount, by('accounts.get'))],
  unknownOrder: [
    errors.unknownOrder(order),
    either(
      by('orders.get', 'results.get', ...reports),
      at('GET /_sandbox/orders/{id}', 'POST /_sandbox/orders/{id}/complete'),
    ),
  ],
  noResultYet: [errors.noResultYet(order), by('results.get')],
  unknownPackage: [
    errors.unknownPackage('pkg_none'),
    by(
      'packages.get',
      'background_checks.packages.get',
      'background_checks.packages.update',
      'background_checks.packages.delete',
    ),
  ],
  unknownTest: [errors.unknownTest(), never],
  unansweredQuestions: [errors.unansweredQuestions([2]), never],
  missingConsent: [errors.missingConsent(), never],
  scoreOutOfRange: [errors.scoreOutOfRange(), never],
  testNotStarted: [errors.testNotStarted(), never],
  testFinished: [errors.testFinished(), at('POST /_sandbox/orders/{id}/complete', 'POST /_sandbox/orders/{id}/cancel')],
  orderCancelled: [errors.orderCancelled(order), at('POST /_sandbox/orders/{id}/cancel')],
  unknownRecord: [errors.unknownRecord('candidate', 'cand_9'), ofAts],
  recordExists: [errors.recordExists('candidate', 'cand_31'), at('POST /_sandbox/ats/{resource}')],
  unknownDelivery: [
    errors.unknownDelivery('delivery-9'),
    at('GET /_sandbox/deliveries/{id}', 'POST /_sandbox/deliveries/{id}/replay'),
  ],
  notReplayable: [
    errors.notReplayable('no webhook subscribed to ats_applications.updated'),
    at('POST /_sandbox/deliveries/{id}/replay'),
  ],
  unknownWebhook: [
    errors.unknownWebhook('webhook-9'),
    at('PATCH /_sandbox/webhooks/{id}', 'DELETE /_sandbox/webhooks/{id}'),
  ],
  unknownFault: [errors.unknownFault('fault-9'), at('DELETE /_sandbox/faults/{id}')],
  unknownRequest: [errors.unknownRequest(9), at('GET /_sandbox/requests/{id}')],
  waitTimedOut: [
    errors.waitTimedOut({ waited: 'Waited 2000 ms for 1, and 0 came', came: [] }),
    ({ path: called }) => called.endsWith('/wait'),
  ],
  notVerified: [
    errors.notVerified({
      why: 'Expected at least 1 request with {"operation":"orders.create"}, but 0 of 3 match',
      came: [],
    }),
    at('POST /_sandbox/requests/verify'),
  ],
  notClean: [
    errors.notClean({
      why: '1 of 3 requests were refused or have warnings: #2 POST /unified/ats/assessments/orders (400): body/id must be string or null',
      came: [],
    }),
    at('POST /_sandbox/requests/verify-clean'),
  ],
  requestTooSlow: [errors.requestTooSlow(), always],
  missingControlToken: [errors.missingControlToken(), control],
  foreignOrigin: [errors.foreignOrigin('https://elsewhere.example.com'), control],
  foreignHost: [errors.foreignHost('sandbox.example.com'), control],
  rateLimited: [errors.rateLimited(1000), emulated],
  orderConflict: [errors.orderConflict(order, false, ['body/job']), either(by(...creates), at(call))],
  disabledAccount: [errors.disabledAccount('globex'), withAccount],
  wrongSnapshot: [errors.wrongSnapshot('it is of version 2, and this sandbox reads 1'), at('PUT /_sandbox/snapshot')],
  tooManyOrders: [errors.tooManyOrders(1_000_000), either(by(...creates), at(call))],
  ordersTooLarge: [errors.ordersTooLarge(1_073_741_824), either(by(...creates, ...reports), at(call, end))],
  resultTooLarge: [errors.resultTooLarge(), by(...reports)],
  packagesUnavailable: [
    errors.packagesUnavailable(['data is empty: a recruiter has nothing to choose from']),
    at(call),
  ],
  packageNotOffered: [errors.packageNotOffered('pkg_typescript', ['pkg_typescript_basics']), at(call)],
  providerRefuses: [
    errors.providerRefuses({ provider: 'greenhouse', why: 'The result is final: multiple updates are not allowed' }),
    by(...reports),
  ],
  // Also on the calls of the ATS, which come with it.
  tooManyRecords: [
    errors.tooManyRecords(),
    either(
      by(...packageWrites),
      at(
        call,
        'POST /_sandbox/ats/{resource}',
        'PATCH /_sandbox/ats/{resource}/{id}',
        'POST /_sandbox/ats/applications/{id}/move',
      ),
    ),
  ],
  tooManyAccounts: [
    errors.tooManyAccounts(1_000),
    at(
      'PUT /_sandbox/accounts/{id}',
      'DELETE /_sandbox/accounts/{id}',
      'PUT /_sandbox/packages/endpoint',
      'DELETE /_sandbox/packages/endpoint',
    ),
  ],
  tooManyFaults: [errors.tooManyFaults(500), at('POST /_sandbox/faults')],
  tooManyWebhooks: [errors.tooManyWebhooks(50), at('POST /_sandbox/webhooks')],
  tooManyWaiting: [errors.tooManyWaiting(100), ({ path: called }) => called.endsWith('/wait')],
  tooManyViewers: [errors.tooManyViewers(200), at('GET /_sandbox/live')],
  tooManySnapshots: [errors.tooManySnapshots(), at('PUT /_sandbox/snapshot')],
  headersTooLarge: [errors.headersTooLarge(), always],
  internal: [errors.internal(), always],
  storeAway: [errors.storeAway('127.0.0.1:6379', 'connect ECONNREFUSED 127.0.0.1:6379'), withState],
  notEmulated: [errors.notEmulated('GET', '/unified/ats/offers'), never],
}

/** The answers of faults and magic accounts, which any operation of the emulated API can give. */
const askedFor: readonly ErrorExample[] = provokedStatuses.map((status) => ({
  name: 'askedFor',
  when: 'A fault or the account asks for it',
  error: provokedError(status, {}, 'fault-1'),
}))

/** The errors that an operation answers, in the order of the catalogue. */
export const errorsOf = (called: Called): readonly ErrorExample[] => [
  ...Object.entries(catalogue)
    .filter(([, [, answers]]) => answers(called))
    // In the document the error is beside its operation, which says where it occurs.
    .map(([name, [error]]) => ({ name, when: whenOf(name).replace(/ \((control|page)\)$/, ''), error })),
  ...(emulated(called) ? askedFor : []),
]

const whenOf = (name: string) => errors[name as keyof typeof errors].when
