import type { FaultToAdd } from '../../schemas/control/faults'

/** An account that always behaves in one way, with no set-up at all. */
export interface Persona {
  id: string
  /** What it does: the row of the README's table. */
  about: string
  /** How its calls go wrong; none when they do not. */
  fault?: FaultToAdd
  /** Whether its lists come in short and empty pages that have a `next`. */
  hasShortPages?: true
  /** Calls that count as made before the first, so that a fault that strikes each k-th call can begin with it. */
  alreadySeen?: number | undefined
}

/** Refused because of the linked account's own credentials, not because of the API key. */
const credentials = (errorCode: string, message: string): FaultToAdd => ({
  status: 401,
  errorCode,
  message,
  always: true,
})

/** The accounts that always behave so. They are known even where `SANDBOX_ACCOUNTS` lists others. */
export const personas: readonly Persona[] = [
  {
    id: 'sandbox-expired-credentials',
    about: 'The credentials of the account have expired: 401 with `AccountExpiredCredentialsError`',
    fault: credentials('AccountExpiredCredentialsError', 'The credentials of the account have expired'),
  },
  {
    id: 'sandbox-invalid-credentials',
    about: 'The credentials of the account are wrong: 401 with `AccountInvalidCredentialsError`',
    fault: credentials('AccountInvalidCredentialsError', 'The credentials of the account are invalid'),
  },
  {
    id: 'sandbox-failed-authentication',
    about: 'The provider refuses the credentials: 401 with `AccountAuthenticationFailedError`',
    fault: credentials('AccountAuthenticationFailedError', 'The account could not be authenticated with the provider'),
  },
  { id: 'sandbox-forbidden', about: 'The key lacks the permission: 403', fault: { status: 403, always: true } },
  {
    id: 'sandbox-timeout',
    about: 'The provider took over a minute: 408 with `Retry-After: 60`, at once',
    fault: { status: 408, retryAfter: 60, always: true },
  },
  { id: 'sandbox-conflict', about: 'It exists already: 409', fault: { status: 409, always: true } },
  {
    id: 'sandbox-disabled',
    about: 'The integration of the account is disabled: 412',
    fault: { status: 412, always: true },
  },
  { id: 'sandbox-refused', about: 'The provider refuses what it is sent: 422', fault: { status: 422, always: true } },
  {
    id: 'sandbox-rate-limited',
    about: 'Too many requests: 429 with `Retry-After: 60`',
    fault: { status: 429, retryAfter: 60, always: true },
  },
  { id: 'sandbox-broken', about: 'Something breaks at StackOne: 500', fault: { status: 500, always: true } },
  { id: 'sandbox-unsupported', about: 'The provider does not support it: 501', fault: { status: 501, always: true } },
  {
    id: 'sandbox-provider-down',
    about: 'The provider can not be reached: 502',
    fault: { status: 502, always: true },
  },
  {
    id: 'sandbox-flaky',
    about: 'The first call and every second one after it fails with 502',
    fault: { status: 502, every: 2 },
    alreadySeen: 1,
  },
  { id: 'sandbox-slow', about: 'Every answer takes three seconds', fault: { delayMs: 3_000, always: true } },
  {
    id: 'sandbox-short-pages',
    about: 'Lists come in short pages and empty ones that have a `next`: only `next: null` is the end',
    hasShortPages: true,
  },
]

const byId = new Map(personas.map((persona) => [persona.id, persona]))

/** The persona that `accountId` is; undefined for an ordinary account. */
export const personaOf = (accountId: string): Persona | undefined => byId.get(accountId)

/** Whether the lists of `accountId` come in short and empty pages. */
export const hasShortPages = (accountId: string): boolean => personaOf(accountId)?.hasShortPages === true
