import type { Ids } from '../../ids'
import { wholeWebhook } from '../older'
import type { Webhook } from '../records'
import { requireRoom, type Webhooks } from '../webhooks'
import type { Link } from './connection'
import { readWebhook } from './entries'
import { k } from './keys'
import { script } from './script'
import type { SharedSettings } from './shared-settings'

/**
 * ARGV: the version of the settings that had room, or '', then pairs of an id and the JSON text of a webhook, to which
 * the script adds its turn. Returns 0 when the settings have changed since.
 */
const add = script(
  'sandboxAddWebhooks',
  `if ARGV[1] ~= '' and isStale(ARGV[1]) then return 0 end
for i = 2, #ARGV, 2 do
  local text = string.gsub(ARGV[i + 1], '}$', ',"turn":' .. call('incr', ${k.turns}) .. '}')
  call('hset', ${k.webhooks}, ARGV[i], text)
end
return changed()`,
)

/** ARGV: the version of the settings that were read, id and text. Keeps the turn. Returns 0 when they have changed since. */
const replace = script(
  'sandboxReplaceWebhook',
  `local before = call('hget', ${k.webhooks}, ARGV[2])
if isStale(ARGV[1]) or not before then return 0 end
local turn = string.match(before, '"turn":(%-?%d+)}$') or call('incr', ${k.turns})
call('hset', ${k.webhooks}, ARGV[2], string.gsub(ARGV[3], '}$', ',"turn":' .. turn .. '}') .. '')
return changed()`,
)

const remove = script(
  'sandboxRemoveWebhooks',
  `if #ARGV == 0 then return 0 end
local removed = call('hdel', ${k.webhooks}, unpack(ARGV))
if removed > 0 then changed() end
return removed`,
)

/** ARGV: id, and the reason as JSON text. The first reason stays. */
const disable = script(
  'sandboxDisableWebhook',
  `local text = call('hget', ${k.webhooks}, ARGV[1])
if not text then return end
local from, to = string.find(text, '"disabled":null', 1, true)
if not from then return end
call('hset', ${k.webhooks}, ARGV[1], string.sub(text, 1, from - 1) .. '"disabled":' .. ARGV[2] .. string.sub(text, to + 1))
changed()`,
)

/** Webhooks in Redis. */
export function redisWebhooks(link: Link, settings: SharedSettings, ids: Ids): Webhooks {
  const textOf = ({ id, accountId, url, secret, events, style, disabled }: Webhook) =>
    JSON.stringify({ disabled, id, accountId, url, secret, events, style })
  /** Returns whether they were added; with a `version`, only if nothing has changed since. */
  async function put(webhooks: readonly Webhook[], version = '') {
    const added = await link.run(add, version, ...webhooks.flatMap((webhook) => [webhook.id, textOf(webhook)]))
    await settings.reload()
    return added !== 0
  }
  const ofAccount = (accountId: string | null, all: readonly Webhook[]) =>
    accountId === null ? all : all.filter((webhook) => webhook.accountId === accountId)

  return {
    async add(given) {
      const webhook: Webhook = { id: ids.uuid(), ...wholeWebhook(given), disabled: null }
      for (;;) {
        const { version, webhooks } = await settings.reload()
        requireRoom(webhooks, given.accountId)
        if (await put([webhook], version)) return webhook
      }
    },
    async list(accountId) {
      const { webhooks } = await settings.reload()
      if (accountId === undefined) return webhooks
      return webhooks.filter((webhook) => webhook.accountId === null || webhook.accountId === accountId)
    },
    async find(id) {
      // Reads only this one: every attempt of a delivery asks, and there may be a thousand.
      const text = (await link.command('hget', link.key('webhooks'), id)) as string | null
      if (text === null) return null
      const kept = readWebhook(text)
      if (kept === null) {
        link.unreadable(`webhooks ${id}`)
        return null
      }
      const { turn, ...webhook } = kept
      return webhook
    },
    async update(id, change) {
      for (;;) {
        const { version, webhooks } = await settings.reload()
        const before = webhooks.find((webhook) => webhook.id === id)
        if (before === undefined) return null
        const after: Webhook = { ...before, ...change }
        if ((await link.run(replace, version, id, textOf(after))) !== 0) {
          await settings.reload()
          return after
        }
      }
    },
    async remove(id) {
      const removed = (await link.run(remove, id)) as number
      await settings.reload()
      return removed > 0
    },
    async disable(id, reason) {
      await link.run(disable, id, JSON.stringify(reason))
      await settings.reload()
    },
    export: async (accountId) => ofAccount(accountId, (await settings.reload()).webhooks),
    async import(accountId, webhooks) {
      const before = ofAccount(accountId, (await settings.reload()).webhooks).map(({ id }) => id)
      await link.run(remove, ...before)
      await put(webhooks)
    },
  }
}
