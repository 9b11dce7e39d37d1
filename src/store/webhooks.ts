import type { Ids } from '../ids'

/** The secret of a webhook that is given none. */
export const defaultSecret = 'sandbox'

/** An endpoint that is told of events. */
export interface Webhook {
  readonly id: string
  /** The account whose events it gets; null: those of every account. */
  readonly accountId: string | null
  readonly url: string
  readonly secret: string
  /** Why it gets no events any more; null while it does. */
  readonly disabled: string | null
}

/** Keeps webhooks. Asynchronous, since a store may be elsewhere. */
export interface Webhooks {
  add(webhook: Pick<Webhook, 'accountId' | 'url' | 'secret'>): Promise<Webhook>
  /** In the order in which they were added; with `accountId` those that get the account's events. */
  list(accountId?: string): Promise<readonly Webhook[]>
  /** Returns whether there was such a webhook. */
  remove(id: string): Promise<boolean>
  /** Sends it nothing any more; `reason` is shown to whoever asks. */
  disable(id: string, reason: string): Promise<void>
}

/** Webhooks in the memory of this process. */
export function memoryWebhooks(ids: Ids, initial: readonly Pick<Webhook, 'url' | 'secret'>[]): Webhooks {
  let all: readonly Webhook[] = []
  const add: Webhooks['add'] = async (given) => {
    const webhook: Webhook = { id: ids.uuid(), ...given, disabled: null }
    all = [...all, webhook]
    return webhook
  }
  for (const { url, secret } of initial) void add({ accountId: null, url, secret })

  return {
    add,
    async list(accountId) {
      // All but nobody has none, and every order asks.
      if (all.length === 0 || accountId === undefined) return all
      return all.filter((webhook) => webhook.accountId === null || webhook.accountId === accountId)
    },
    async remove(id) {
      const before = all.length
      all = all.filter((webhook) => webhook.id !== id)
      return all.length < before
    },
    async disable(id, reason) {
      all = all.map((webhook) => (webhook.id === id ? { ...webhook, disabled: reason } : webhook))
    },
  }
}
