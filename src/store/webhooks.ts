import { errors } from '../errors'
import type { Webhook } from './records'

/** The secret of a webhook that is given none. */
export const defaultSecret = 'sandbox'

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
