import type { Snapshot } from '../../schemas/control/snapshot'
import type { OrderRequest } from '../../schemas/order'
import { breatheInTime } from '../breathe'
import type { Deps } from '../deps'
import { defaultSecret } from '../store/webhooks'
import { mask, withoutSecrets } from '../http/secret-names'
import type { AccountSettings } from '../store/account-settings'
import { leftOut, withTheirSecrets } from './left-out-endpoints'
import type { ReadSnapshot } from './read-snapshot'
import { withoutWebhookSecrets } from './webhook-secrets'

type KeptWebhook = Snapshot['webhooks'][number]
type KeptDelivery = Snapshot['deliveries'][number]
type Secret = KeptDelivery['receiver']['secret']
type Whole<T extends { secret: Secret }> = T & { secret: Exclude<T['secret'], object> }

/** A snapshot with all its secrets. */
export type WholeSnapshot = Omit<ReadSnapshot, 'webhooks' | 'deliveries' | 'accounts'> & {
  accounts: AccountSettings[]
  webhooks: Whole<KeptWebhook>[]
  deliveries: (Omit<KeptDelivery, 'receiver'> & { receiver: Whole<KeptDelivery['receiver']> })[]
}

/** A receiver's URL without secrets; `webhookId` is null for a `results_update_url`, which its order shows too. */
export const openUrl = (url: string, webhookId: string | null): string =>
  webhookId === null ? withoutSecrets(url) : withoutWebhookSecrets(url)

/** An attempt's error without the receiver's response, which may repeat what was sent to it, or reveal more. */
export function openError(status: number | null, error: string | null): string | null {
  const answered = `answered ${String(status)}`
  const isOwn = status === null || (status >= 300 && status < 400) || error === answered
  if (error === null || isOwn) return error
  return `${answered} (its body is left out, since anyone could read it: set SANDBOX_CONTROL_TOKEN)`
}

/** A webhook of a snapshot without secrets, marked where one is left out. */
export const openWebhook = (webhook: KeptWebhook): KeptWebhook => ({
  ...webhook,
  url: withoutWebhookSecrets(webhook.url),
  secret: webhook.secret === defaultSecret ? defaultSecret : leftOut,
})

/** A delivery of a snapshot, likewise without secrets. */
export function openDelivery({ receiver, attempts, ...rest }: KeptDelivery): KeptDelivery {
  const { url, secret, webhookId } = receiver
  const isShown = secret === null || secret === defaultSecret
  return {
    ...rest,
    receiver: { ...receiver, url: openUrl(url, webhookId), secret: isShown ? secret : leftOut },
    attempts: attempts.map((attempt) => ({
      ...attempt,
      url: openUrl(attempt.url, webhookId),
      error: openError(attempt.status, attempt.error),
    })),
  }
}

/** A receiver that this sandbox knows. */
interface Known {
  id: string | null
  url: string
  secret: string | null
}

type SecretDeps = Pick<Deps, 'webhooks' | 'deliveries' | 'config' | 'accounts'>

/**
 * `snapshot` with the secrets that were left out, taken from known receivers with the same URL; if any is unknown, a
 * sentence that says what is missing.
 */
export async function withItsSecrets(deps: SecretDeps, snapshot: ReadSnapshot): Promise<WholeSnapshot | string> {
  const { webhooks, deliveries, orders } = snapshot
  const accounts = withTheirSecrets(deps, snapshot.accounts)
  const isWhole =
    accounts.missing.length === 0 && ![...webhooks, ...deliveries.map(({ receiver }) => receiver)].some(lacksSomething)
  if (isWhole) return { ...snapshot, accounts: accounts.whole } as WholeSnapshot
  const known = index([...(await knownWebhooks(deps)), ...orders.map(callbackOf)])
  const missing = [...accounts.missing]

  function completed<T extends { url: string; secret: Secret }>(each: T, id: string | null, path: string): T {
    if (!lacksSomething(each)) return each
    const found = meantBy(each.url, id, known)
    if (found === undefined) missing.push(path)
    return { ...each, ...(found && { url: found.url, secret: isLeftOut(each.secret) ? found.secret : each.secret }) }
  }
  const wholeWebhooks = webhooks.map((each, i) => completed(each, each.id, `body/webhooks/${String(i)}`))
  const wholeDeliveries = []
  for (const [i, { receiver, ...rest }] of deliveries.entries()) {
    await breatheInTime()
    const path = `body/deliveries/${String(i)}/receiver`
    wholeDeliveries.push({ ...rest, receiver: completed(receiver, receiver.webhookId, path) })
  }
  const whole = {
    ...snapshot,
    accounts: accounts.whole,
    webhooks: wholeWebhooks,
    deliveries: wholeDeliveries,
  } as WholeSnapshot
  return missing.length === 0 ? whole : notKnown(missing)
}

const isLeftOut = (secret: Secret) => typeof secret === 'object' && secret !== null

const lacksSomething = ({ url, secret }: { url: string; secret: Secret }) => isLeftOut(secret) || url.includes(mask)

/** Receivers by kind and URL, with and without its secrets; no duplicates. */
type Index = ReadonlyMap<string, readonly Known[]>

const keyOf = (id: string | null, url: string) => `${id === null ? 'callback' : 'webhook'} ${url}`

function index(known: readonly Known[]): Index {
  const found = new Map<string, Known[]>()
  const seen = new Set<string>()
  for (const each of known) {
    const whole = JSON.stringify([each.id, each.url, each.secret])
    if (seen.has(whole)) continue
    seen.add(whole)
    for (const url of new Set([each.url, openUrl(each.url, each.id)])) {
      const key = keyOf(each.id, url)
      const same = found.get(key)
      if (same === undefined) found.set(key, [each])
      else same.push(each)
    }
  }
  return found
}

/** The receiver with this URL and id, or the only one with this URL: a wrong guess would sign with a wrong secret. */
function meantBy(url: string, id: string | null, known: Index): Known | undefined {
  const same = known.get(keyOf(id, url)) ?? []
  const isClear = new Set(same.map((each) => JSON.stringify([each.url, each.secret]))).size === 1
  return same.find((each) => each.id === id && id !== null) ?? (isClear ? same[0] : undefined)
}

async function knownWebhooks({ webhooks, deliveries, config }: SecretDeps): Promise<Known[]> {
  const known: Known[] = [...(await webhooks.export(null)), ...config.webhooks.map((each) => ({ id: '', ...each }))]
  for await (const { receiver } of deliveries.list(null)) {
    const { webhookId: id, url, secret } = receiver
    if (id !== null) known.push({ id, url, secret })
  }
  return known
}

const callbackOf = ({ request }: Snapshot['orders'][number]): Known => {
  const { results_update_url: url } = JSON.parse(request) as OrderRequest
  return { id: null, url: url ?? '', secret: null }
}

const notKnown = (paths: readonly string[]) =>
  `${paths.slice(0, 3).join(', ')}${paths.length > 3 ? ' …' : ''} lacks its secret, which was left out when it was ` +
  'exported, since anyone could read it, and no webhook here has it. Add it, or export again from a sandbox with ' +
  'SANDBOX_CONTROL_TOKEN'
