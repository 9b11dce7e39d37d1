import type { Snapshot } from '../../schemas/control/snapshot'
import type { Deps } from '../deps'
import { mask } from '../http/secret-names'
import type { AccountSettings, PackagesEndpoint } from '../store/account-settings'
import { defaultSecret } from '../store/webhooks'
import { withoutWebhookSecrets } from './webhook-secrets'

type KeptAccount = NonNullable<Snapshot['accounts']>[number]

/** Replaces what anyone could read. */
export const leftOut = { leftOut: 'anyone could read this: set SANDBOX_CONTROL_TOKEN to export secrets' }

/** An account of a snapshot, without the secrets of its packages endpoint. */
export const openAccount = ({ packages, ...rest }: KeptAccount): KeptAccount => ({
  ...rest,
  packages: packages && {
    url: withoutWebhookSecrets(packages.url),
    secret: packages.secret === defaultSecret ? defaultSecret : leftOut,
    auth: packages.auth === null ? null : leftOut,
  },
})

/**
 * `accounts` with the secrets that were left out, from endpoints that this sandbox knows by the same URL; `missing` has
 * the paths of those that it does not know.
 */
export function withTheirSecrets(
  { accounts, config }: Pick<Deps, 'accounts' | 'config'>,
  given: readonly KeptAccount[],
): { whole: AccountSettings[]; missing: string[] } {
  const missing: string[] = []
  const whole = given.map((account, i): AccountSettings => {
    const { packages } = account
    if (packages === null || isWhole(packages)) return { ...account, packages }
    const own = accounts.current().get(account.id)?.packages
    const known = [own, config.packagesEndpoint].find(
      (each) => each != null && (each.url === packages.url || withoutWebhookSecrets(each.url) === packages.url),
    )
    if (known == null) missing.push(`body/accounts/${String(i)}/packages`)
    return { ...account, packages: known ?? null }
  })
  return { whole, missing }
}

const isWhole = (packages: NonNullable<KeptAccount['packages']>): packages is PackagesEndpoint =>
  typeof packages.secret === 'string' &&
  (packages.auth === null || typeof packages.auth === 'string') &&
  !packages.url.includes(mask)
