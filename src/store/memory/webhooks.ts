import type { Ids } from '../../ids'
import type { Webhook } from '../records'
import { requireRoom, type Webhooks } from '../webhooks'

export interface MemoryWebhooks extends Webhooks {
  /** All webhooks. */
  current(): readonly Webhook[]
  /** Forgets the webhooks of an account, or with null all but the configured ones. */
  reset(accountId: string | null): void
}

/** Webhooks in the memory of this process. */
export function memoryWebhooks(ids: Ids, initial: readonly Pick<Webhook, 'url' | 'secret'>[]): MemoryWebhooks {
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
      // Almost nobody has webhooks, yet every order asks.
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
      all = all.map((webhook) => (webhook.id === id ? { ...webhook, disabled: webhook.disabled ?? reason } : webhook))
    },
    current: () => all,
    reset(accountId) {
      all = accountId === null ? atStart() : withoutThoseOf(accountId)
    },
    export: async (accountId) => (accountId === null ? all : all.filter((webhook) => webhook.accountId === accountId)),
    async import(accountId, webhooks) {
      all = accountId === null ? webhooks : [...withoutThoseOf(accountId), ...webhooks]
    },
  }
}
