import type { Ids } from '../../ids'
import { wholeWebhook } from '../older'
import type { Webhook } from '../records'
import { requireRoom, type Webhooks } from '../webhooks'

/** A webhook as a file keeps it. */
export interface KeptWebhook extends Webhook {
  /** Whether it comes from the configuration. */
  readonly isConfigured: boolean
}

export interface MemoryWebhooks extends Webhooks {
  /** All webhooks. */
  current(): readonly Webhook[]
  /** Forgets the webhooks of an account, or with null all but the configured ones. */
  reset(accountId: string | null): void
  /** All webhooks, as `restore` takes them. */
  kept(): readonly KeptWebhook[]
  /** Replaces all webhooks by `kept`, except that configured ones follow today's configuration. */
  restore(kept: readonly KeptWebhook[]): void
}

/** Webhooks in the memory of this process. */
export function memoryWebhooks(ids: Ids, initial: readonly Pick<Webhook, 'url' | 'secret'>[]): MemoryWebhooks {
  const configured = new Set<string>()

  function configure({ url, secret }: Pick<Webhook, 'url' | 'secret'>): Webhook {
    const id = ids.uuid()
    configured.add(id)
    return wholeWebhook({ id, accountId: null, url, secret, disabled: null })
  }

  function atStart(): readonly Webhook[] {
    configured.clear()
    return initial.map(configure)
  }
  let all = atStart()

  const withoutThoseOf = (accountId: string) => all.filter((webhook) => webhook.accountId !== accountId)

  return {
    async add(given) {
      requireRoom(all, given.accountId)
      const webhook: Webhook = { id: ids.uuid(), ...wholeWebhook(given), disabled: null }
      all = [...all, webhook]
      return webhook
    },
    async list(accountId) {
      // Almost nobody has webhooks, yet every order asks.
      if (all.length === 0 || accountId === undefined) return all
      return all.filter((webhook) => webhook.accountId === null || webhook.accountId === accountId)
    },
    find: async (id) => all.find((webhook) => webhook.id === id) ?? null,
    async update(id, change) {
      all = all.map((webhook) => (webhook.id === id ? { ...webhook, ...change } : webhook))
      return all.find((webhook) => webhook.id === id) ?? null
    },
    async remove(id) {
      const before = all.length
      all = all.filter((webhook) => webhook.id !== id)
      return all.length < before
    },
    async disable(id, reason) {
      all = all.map((webhook) => (webhook.id === id ? { ...webhook, disabled: webhook.disabled ?? reason } : webhook))
    },
    current: () => all,
    reset(accountId) {
      all = accountId === null ? atStart() : withoutThoseOf(accountId)
    },
    kept: () => all.map((webhook) => ({ ...webhook, isConfigured: configured.has(webhook.id) })),
    restore(kept) {
      configured.clear()
      const left = kept.filter((each) => !each.isConfigured || initial.some((one) => isSameReceiver(each, one)))
      for (const { id, isConfigured } of left) if (isConfigured) configured.add(id)
      const isNew = (one: (typeof initial)[number]) => !left.some((each) => isSameReceiver(each, one))
      all = [...left.map(({ isConfigured, ...webhook }) => webhook), ...initial.filter(isNew).map(configure)]
    },
    export: async (accountId) => (accountId === null ? all : all.filter((webhook) => webhook.accountId === accountId)),
    async import(accountId, webhooks) {
      all = accountId === null ? webhooks : [...withoutThoseOf(accountId), ...webhooks]
    },
  }
}

const isSameReceiver = (webhook: Webhook, { url, secret }: Pick<Webhook, 'url' | 'secret'>) =>
  webhook.accountId === null && webhook.url === url && webhook.secret === secret
