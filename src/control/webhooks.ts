import type { ControlWebhook, WebhookChange, WebhookToAdd } from '../../schemas/control/webhooks'
import type { Deps } from '../deps'
import { errors } from '../errors'
import type { Webhook } from '../store/records'
import { defaultSecret } from '../store/webhooks'
import { withoutWebhookSecrets } from './webhook-secrets'

/**
 * Adds an endpoint for the account's events, or for those of every account if `accountId` is null. Throws `invalidBody`
 * unless `url` is an http:// or https:// URL without credentials and fragment: SANDBOX_WEBHOOKS accepts a secret as
 * `url#secret`, but here it would be shown.
 */
export async function addWebhook(
  { webhooks }: Pick<Deps, 'webhooks'>,
  { accountId, url, secret = defaultSecret, events, style }: WebhookToAdd & { accountId: string | null },
): Promise<ControlWebhook> {
  const problem = whyNoWebhook(url, 'body')
  if (problem !== null) throw errors.invalidBody([problem])
  return showWebhook(await webhooks.add({ accountId, url, secret, events, style }), false)
}

/** Changes a webhook. Throws `unknownWebhook`. */
export async function updateWebhook(
  { webhooks }: Pick<Deps, 'webhooks'>,
  id: string,
  { secret, events, style }: WebhookChange,
): Promise<ControlWebhook> {
  const changed = await webhooks.update(id, {
    ...(secret !== undefined && { secret }),
    ...(events !== undefined && { events }),
    ...(style !== undefined && { style }),
  })
  if (changed === null) throw errors.unknownWebhook(id)
  return showWebhook(changed, false)
}

/** Why `url`, found at `path`, is not allowed for a webhook; null if it is. */
export function whyNoWebhook(url: string, path: string): string | null {
  if (!/^https?:/i.test(url) || !URL.canParse(url)) return `${path}/url must be an http:// or https:// address`
  const { username, password } = new URL(url)
  const isPlain = username === '' && password === '' && !url.includes('#')
  return isPlain ? null : `${path}/url must have no credentials and no #; what to sign with goes into ${path}/secret`
}

/** Throws `unknownWebhook`. */
export async function removeWebhook({ webhooks }: Pick<Deps, 'webhooks'>, id: string): Promise<void> {
  if (!(await webhooks.remove(id))) throw errors.unknownWebhook(id)
}

/** `webhook` as the control API shows it: without its secret and, if `isOpen`, without secrets in its URL. */
export const showWebhook = (
  { id, accountId, url, events, style, disabled }: Webhook,
  isOpen: boolean,
): ControlWebhook => ({
  id,
  account: accountId,
  url: isOpen ? withoutWebhookSecrets(url) : url,
  events: [...events],
  style,
  disabled,
})
