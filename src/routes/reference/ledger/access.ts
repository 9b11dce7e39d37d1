import { operations } from '../../../../schemas/control/requests'
import { withAccount } from './operations'
import type { LedgerRow } from './row'

/** Keys and accounts. */
export const accessRows: readonly LedgerRow[] = [
  {
    behaviour: 'HTTP Basic with the key as user name and an empty password; otherwise 401',
    sure: 'documented',
    probes: ['key-missing', 'key-wrong', 'key-bearer'],
    operations: operations,
    statuses: [401],
  },
  {
    behaviour: 'A key may be encoded with or without the colon',
    sure: 'documented, observed',
    probes: ['key-without-colon'],
    operations: operations,
  },
  {
    behaviour: 'A read-only key allows only GET; calls that a key does not allow are 403',
    sure: 'documented',
    unprobed: 'it needs a second key, which is read-only',
    operations: operations,
    statuses: [403],
  },
  { behaviour: '`x-account-id` is required', sure: 'documented', probes: ['account-missing'], operations: withAccount },
  {
    behaviour: 'A call without `x-account-id` is refused with 400 and this message',
    sure: 'assumed',
    probes: ['account-message'],
    operations: withAccount,
    statuses: [400],
  },
  {
    behaviour:
      'An unknown account is 404; one with a disabled integration is 412, with `errorCode` `AccountIntegrationInactiveError`',
    sure: 'documented',
    probes: ['account-unknown'],
    operations: withAccount,
    statuses: [404, 412],
  },
  {
    behaviour:
      'Expired, wrong or refused credentials of the linked account: 401 with `errorCode` `AccountExpiredCredentialsError`, `AccountInvalidCredentialsError`, `AccountAuthenticationFailedError`',
    sure: 'documented',
    unprobed: "it can't be provoked on purpose",
    operations: withAccount,
    statuses: [401],
  },
  {
    behaviour:
      'The key is checked first, then its rights, the account and the body; paths that are not emulated are answered without a key',
    sure: 'assumed',
    probes: ['precedence-key-account', 'precedence-key-body', 'precedence-account-body', 'precedence-path-key'],
    operations: withAccount,
  },
]
