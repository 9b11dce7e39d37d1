import type { Standing } from '../clock'
import type { RestoredDelivery } from '../deliveries/memory/deliveries'
import type { KeptWebhook } from '../store/memory/webhooks'
import type { AccountSettings } from '../store/account-settings'
import { idsDrawnFor } from '../store/drawn-ids'
import { mostFinished } from '../store/exchanges'
import { wholeDelivery, wholeWebhook } from '../store/older'
import { deliveryId } from '../store/records'
import type { Entry, KeptFault } from './entries'
import type { KeptState } from './kept-state'

/** Builds up a state from entries, oldest first: orders at once, and the rest in `finish`. */
export function restorer(state: KeptState) {
  const webhooks = new Map<string, KeptWebhook>()
  const faults = new Map<string, KeptFault>()
  const deliveries = latestDeliveries()
  const accounts = new Map<string, AccountSettings>()
  let clock: Standing | null = null

  return {
    take(entry: Entry) {
      if ('reset' in entry) {
        state.store.reset(entry.reset)
        deliveries.reset(entry.reset)
        state.records.reset(entry.reset)
      } else if ('settings' in entry) {
        webhooks.clear()
        faults.clear()
        accounts.clear()
        clock = null
      } else if ('webhook' in entry) webhooks.set(entry.webhook.id, wholeWebhook(entry.webhook))
      else if ('webhookGone' in entry) webhooks.delete(entry.webhookGone)
      else if ('fault' in entry) faults.set(entry.fault.id, entry.fault)
      else if ('faultGone' in entry) faults.delete(entry.faultGone)
      else if ('account' in entry) accounts.set(entry.account.id, entry.account)
      else if ('accountGone' in entry) accounts.delete(entry.accountGone)
      else if ('record' in entry) state.records.restore(entry.record)
      else if ('since' in entry) state.restoreSince(entry.since)
      else if ('clock' in entry) ({ clock } = entry)
      else if (!('end' in entry)) {
        if (entry.order !== undefined) state.store.restore(entry.order)
        for (const delivery of entry.deliveries ?? []) deliveries.put(wholeDelivery(delivery))
      }
    },
    /** Restores everything else, once all entries are taken. New ids will differ from all that are in use. */
    async finish() {
      state.ids.setApartFrom(idsDrawnFor(state.store.each(), webhooks.values()))
      state.webhooks.restore([...webhooks.values()])
      state.faults.restore(faults.values())
      await state.accounts.import([...accounts.values()])
      if (clock !== null) state.clock.follow(clock)
      await state.deliveries.restore(deliveries.inOrder())
    },
  }
}

/** The latest entry of each delivery, except for the finished ones that a sandbox would have dropped. */
function latestDeliveries() {
  const pending = new Map<string, RestoredDelivery>()
  const finished = new Map<string, RestoredDelivery>()
  return {
    put(delivery: RestoredDelivery) {
      const id = deliveryId(delivery)
      pending.delete(id)
      finished.delete(id)
      if (delivery.status === 'pending') pending.set(id, delivery)
      else finished.set(id, delivery)
      for (const oldest of finished.keys()) {
        if (finished.size <= mostFinished) break
        finished.delete(oldest)
      }
    },
    reset(accountId: string | null) {
      for (const all of [pending, finished])
        for (const [id, delivery] of all) if (accountId === null || delivery.accountId === accountId) all.delete(id)
    },
    inOrder: () => [...pending.values(), ...finished.values()].sort((a, b) => a.turn - b.turn),
  }
}
