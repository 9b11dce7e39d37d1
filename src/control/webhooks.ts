import type { ControlWebhook } from '../../schemas/control/webhooks'
import type { Deps } from '../deps'
import { errors } from '../errors'
import { defaultSecret, type Webhook } from '../store/webhooks'

/**
 * Adds an endpoint that is told of the account's events, or of every account's when `accountId` is null. Throws
 * `invalidBody` for what is no http:// or https:// address, and for one with credentials or a fragment: as `url#secret`
 * SANDBOX_WEBHOOKS takes a secret, but here it would be shown.
 */
export async function addWebhook(
  { webhooks }: Pick<Deps, 'webhooks'>,
  { accountId, url, secret = defaultSecret }: { accountId: string | null; url: string; secret?: string | undefined },
): Promise<ControlWebhook> {
  if (!/^https?:/i.test(url) || !URL.canParse(url)) {
    throw errors.invalidBody(['body/url must be an http:// or https:// address'])
  }
  const { username, password } = new URL(url)
  if (username !== '' || password !== '' || url.includes('#')) {
    throw errors.invalidBody(['body/url must have no credentials and no #; what to sign with goes into body/secret'])
  }
  return showWebhook(await webhooks.add({ accountId, url, secret }))
}

/** Takes a webhook away. Throws `unknownWebhook`. */
export async function removeWebhook({ webhooks }: Pick<Deps, 'webhooks'>, id: string): Promise<void> {
  if (!(await webhooks.remove(id))) throw errors.unknownWebhook(id)
}

/** `webhook` as the control API shows it: without its secret. */
export const showWebhook = ({ id, accountId, url, disabled }: Webhook): ControlWebhook => ({
  id,
  account: accountId,
  url,
  disabled,
})
