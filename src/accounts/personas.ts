import type { FaultToAdd } from '../../schemas/control/faults'

/** A magic account: it always behaves in the same way, without any set-up. */
export interface Persona {
  id: string
  /** What it does, as docs/reference/accounts.md says it. */
  about: string
  /** The fault that applies to its calls. */
  fault?: FaultToAdd
  /** The ATS that it is linked to. */
  provider?: string
  /** Its status as a linked account, if that isn't active. */
  linked?: { status: 'inactive' | 'error'; code: string; description: string }
  /** Whether its lists have short pages, and empty ones that still have a `next`. */
  hasShortPages?: true
  /** Calls to count before the first one, so that a fault on every k-th call can apply to the first. */
  alreadySeen?: number | undefined
}

/** What an account does whose own credentials, not the API key, are refused. */
const credentials = (errorCode: string, message: string, code: string): Pick<Persona, 'fault' | 'linked'> => ({
  fault: { status: 401, errorCode, message, always: true },
  linked: { status: 'error', code, description: message },
})

/** Why a disabled account is inactive. */
export const disabled = { code: 'integration_disabled', description: 'The integration is disabled' }

/** The magic accounts. They exist even if `SANDBOX_ACCOUNTS` lists only others. */
export const personas: readonly Persona[] = [
  {
    id: 'sandbox-expired-credentials',
    about: 'The credentials of the account have expired: 401 with `AccountExpiredCredentialsError`',
    ...credentials(
      'AccountExpiredCredentialsError',
      'The credentials of the account have expired',
      'expired_credentials',
    ),
  },
  {
    id: 'sandbox-invalid-credentials',
    about: 'The credentials of the account are wrong: 401 with `AccountInvalidCredentialsError`',
    ...credentials(
      'AccountInvalidCredentialsError',
      'The credentials of the account are invalid',
      'invalid_credentials',
    ),
  },
  {
    id: 'sandbox-failed-authentication',
    about: 'The provider refuses the credentials: 401 with `AccountAuthenticationFailedError`',
    ...credentials(
      'AccountAuthenticationFailedError',
      'The account could not be authenticated with the provider',
      'failed_authentication',
    ),
  },
  { id: 'sandbox-forbidden', about: 'The key lacks the permission: 403', fault: { status: 403, always: true } },
  {
    id: 'sandbox-timeout',
    about: 'The provider took over a minute: 408 with `Retry-After: 60`, immediately',
    fault: { status: 408, retryAfter: 60, always: true },
  },
  { id: 'sandbox-conflict', about: 'The resource already exists: 409', fault: { status: 409, always: true } },
  {
    id: 'sandbox-disabled',
    about: 'The integration of the account is disabled: 412',
    fault: { status: 412, always: true },
    linked: { status: 'inactive', ...disabled },
  },
  { id: 'sandbox-refused', about: 'The provider rejects the request: 422', fault: { status: 422, always: true } },
  {
    id: 'sandbox-rate-limited',
    about: 'Too many requests: 429 with `Retry-After: 60`',
    fault: { status: 429, retryAfter: 60, always: true },
  },
  { id: 'sandbox-broken', about: 'An error inside StackOne: 500', fault: { status: 500, always: true } },
  {
    id: 'sandbox-unsupported',
    about: 'The provider does not support the operation: 501',
    fault: { status: 501, always: true },
  },
  {
    id: 'sandbox-provider-down',
    about: 'The provider cannot be reached: 502',
    fault: { status: 502, always: true },
  },
  {
    id: 'sandbox-flaky',
    about: 'Every other call fails with 502, beginning with the first',
    fault: { status: 502, every: 2 },
    alreadySeen: 1,
  },
  { id: 'sandbox-slow', about: 'Every answer takes three seconds', fault: { delayMs: 3_000, always: true } },
  {
    id: 'sandbox-short-pages',
    about: 'Lists have short pages, and empty ones with a `next`: only `next: null` ends a list',
    hasShortPages: true,
  },
  {
    id: 'sandbox-greenhouse',
    about: 'Linked to Greenhouse: a second final result is refused with 422',
    provider: 'greenhouse',
  },
  {
    id: 'sandbox-smartrecruiters',
    about: 'Linked to SmartRecruiters: scores and attachments must be complete, or the result is refused with 422',
    provider: 'smartrecruiters',
  },
  {
    id: 'sandbox-teamtailor',
    about: "Linked to Teamtailor: a recruiter's order has no hiring team",
    provider: 'teamtailor',
  },
  {
    id: 'sandbox-workday',
    about: "Linked to Workday: the packages endpoint isn't asked, since packages are created in the ATS",
    provider: 'workday',
  },
]

const byId = new Map(personas.map((persona) => [persona.id, persona]))

/** The magic account with that id; undefined for an ordinary account. */
export const personaOf = (accountId: string): Persona | undefined => byId.get(accountId)

/** Whether the lists of `accountId` have short and empty pages. */
export const hasShortPages = (accountId: string): boolean => personaOf(accountId)?.hasShortPages === true
