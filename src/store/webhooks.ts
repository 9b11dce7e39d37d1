import { errors } from '../errors'
import type { OlderWebhook } from './older'
import type { Webhook } from './records'

/** The secret of a webhook that has none of its own. */
export const defaultSecret = 'sandbox'

/**
 * Maximum number of webhooks, per account (null counts as one) and in total: every order notifies those of its account.
 */
export const mostWebhooks = { ofAccount: 50, inAll: 1_000 }

/** What can be changed of a webhook. */
export type WebhookChange = Partial<Pick<Webhook, 'secret' | 'events' | 'style'>>

/** Keeps webhooks. Asynchronous, since a store may be remote. */
export interface Webhooks {
  /** By default, it subscribes to the events of assessments, in the native style. Throws `tooManyWebhooks`. */
  add(webhook: Omit<OlderWebhook, 'id' | 'disabled'>): Promise<Webhook>
  /** In the order in which they were added; with `accountId`, those that get the account's events. */
  list(accountId?: string): Promise<readonly Webhook[]>
  /** Null when there is no such webhook. */
  find(id: string): Promise<Webhook | null>
  /** Changes a webhook, and returns it; null when there is none with that id. */
  update(id: string, change: WebhookChange): Promise<Webhook | null>
  /** Returns whether there was such a webhook. */
  remove(id: string): Promise<boolean>
  /** Stops sending to it. `reason` is shown to whoever asks; the first one stays. */
  disable(id: string, reason: string): Promise<void>
  /** The webhooks of an account, or with null all webhooks. */
  export(accountId: string | null): Promise<readonly Webhook[]>
  /** Replaces the webhooks of an account, or with null all webhooks, with `webhooks`. */
  import(accountId: string | null, webhooks: readonly Webhook[]): Promise<void>
}

/** Throws `tooManyWebhooks` when `all` has no room for another one of an account. */
export function requireRoom(all: readonly Webhook[], accountId: string | null): void {
  const { ofAccount, inAll } = mostWebhooks
  if (all.length >= inAll) throw errors.tooManyWebhooks(inAll)
  if (all.filter((webhook) => webhook.accountId === accountId).length >= ofAccount)
    throw errors.tooManyWebhooks(ofAccount)
}
