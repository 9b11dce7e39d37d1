import { errors } from '../errors'
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

/** Webhooks that there may be, of an account (null is one like any other) and in all: every order tells those of its account. */
export const mostWebhooks = { ofAccount: 50, inAll: 1_000 }

/** Keeps webhooks. Asynchronous, since a store may be elsewhere. */
export interface Webhooks {
  /** Throws `tooManyWebhooks`. */
  add(webhook: Pick<Webhook, 'accountId' | 'url' | 'secret'>): Promise<Webhook>
  /** In the order in which they were added; with `accountId` those that get the account's events. */
  list(accountId?: string): Promise<readonly Webhook[]>
  /** Null when there is no such webhook. */
  find(id: string): Promise<Webhook | null>
  /** Returns whether there was such a webhook. */
  remove(id: string): Promise<boolean>
  /** Sends it nothing any more; `reason` is shown to whoever asks. */
  disable(id: string, reason: string): Promise<void>
  /** Forgets those of an account; with null all but those that there were at the start. */
  reset(accountId: string | null): Promise<void>
  /** Those of an account, or with null all. */
  export(accountId: string | null): Promise<readonly Webhook[]>
  /** Puts `webhooks` in the place of those of an account, or with null of all. */
  import(accountId: string | null, webhooks: readonly Webhook[]): Promise<void>
}

/** Throws `tooManyWebhooks` when no other may be added to `all` for an account. */
export function requireRoom(all: readonly Webhook[], accountId: string | null): void {
  const { ofAccount, inAll } = mostWebhooks
  if (all.length >= inAll) throw errors.tooManyWebhooks(inAll)
  if (all.filter((webhook) => webhook.accountId === accountId).length >= ofAccount)
    throw errors.tooManyWebhooks(ofAccount)
}

/** Webhooks in the memory of this process. */
export function memoryWebhooks(ids: Ids, initial: readonly Pick<Webhook, 'url' | 'secret'>[]): Webhooks {
  const atStart = () =>
    initial.map(({ url, secret }) => ({ id: ids.uuid(), accountId: null, url, secret, disabled: null }))
  let all: readonly Webhook[] = atStart()

  const withoutThoseOf = (accountId: string) => all.filter((webhook) => webhook.accountId !== accountId)

  return {
    async add(given) {
      requireRoom(all, given.accountId)
      const webhook: Webhook = { id: ids.uuid(), ...given, disabled: null }
      all = [...all, webhook]
      return webhook
    },
    async list(accountId) {
      // All but nobody has none, and every order asks.
      if (all.length === 0 || accountId === undefined) return all
      return all.filter((webhook) => webhook.accountId === null || webhook.accountId === accountId)
    },
    find: async (id) => all.find((webhook) => webhook.id === id) ?? null,
    async remove(id) {
      const before = all.length
      all = all.filter((webhook) => webhook.id !== id)
      return all.length < before
    },
    async disable(id, reason) {
      all = all.map((webhook) => (webhook.id === id ? { ...webhook, disabled: reason } : webhook))
    },
    async reset(accountId) {
      all = accountId === null ? atStart() : withoutThoseOf(accountId)
    },
    export: async (accountId) => (accountId === null ? all : all.filter((webhook) => webhook.accountId === accountId)),
    async import(accountId, webhooks) {
      all = accountId === null ? webhooks : [...withoutThoseOf(accountId), ...webhooks]
    },
  }
}
