import { announce } from '../assessments/announce'
import { deliveryBody } from '../assessments/delivery-body'
import { expireOrder } from '../assessments/expire-order'
import { createClock } from '../clock'
import type { Config } from '../config'
import { untilLoaded } from '../control/snapshot'
import { outgoing } from '../deliveries/outgoing'
import { redisDeliveries, toSend } from '../deliveries/redis/deliveries'
import { deliveryQueue } from '../deliveries/redis/queue'
import type { State, StateDeps } from '../deps'
import { randomIds } from '../ids'
import type { Happening } from '../store/records'
import { redisRecords } from '../store/redis/account-records'
import { redisAccounts } from '../store/redis/account-settings'
import { sharedChanges } from '../store/redis/changes'
import { redisClock } from '../store/redis/clock'
import { type Link, openLink } from '../store/redis/connection'
import { tokenOfAll } from '../store/redis/control-token'
import { deliveryRecords } from '../store/redis/deliveries'
import { type Agenda, redisAgenda } from '../store/redis/due'
import { redisFaults } from '../store/redis/faults'
import { redisJournal } from '../store/redis/journal'
import { type Queued, redisStore } from '../store/redis/orders'
import { redisRateLimits } from '../store/redis/rate-limits'
import { redisReset } from '../store/redis/reset'
import { sharedSettings } from '../store/redis/shared-settings'
import { redisWebhooks } from '../store/redis/webhooks'

/** The state of a sandbox in Redis, shared by every process with the same `SANDBOX_STORE` and prefix. */
export async function redisState(
  config: Config & { store: string },
  { logger, resolve, timeout, metrics }: StateDeps,
  patience?: number,
): Promise<State> {
  const ids = randomIds
  const { store: url, storePrefix: prefix, nameOf } = config
  const link = await openLink({ url, prefix, name: nameOf('store'), patience }, logger)
  const { changes, settings } = await begun(link, config).catch((error: unknown) => {
    link.close()
    throw error
  })
  const queue = deliveryQueue(link, logger)
  // What cannot be queued now is found again once its lease has expired.
  const onQueued = (queued: Queued) => {
    if (queued.length > 0) queue.add(queued).catch(() => undefined)
  }
  const clock = redisClock(link, settings, () => agenda)
  const agenda: Agenda = redisAgenda(link, clock, (queued) => queue.add(queued))

  const journal = redisJournal(link, changes, config.journalSize)
  const webhooks = redisWebhooks(link, settings, ids)
  const store = redisStore(link, {
    settings,
    maxOrders: config.maxOrders,
    maxOrderBytes: config.maxOrderBytes,
    expireAfter: config.expireAfter,
    *toSend(order, news) {
      const { webhooks } = settings.current()
      for (const facts of outgoing(order, news, {
        webhooks,
        callbackMethod: config.callbackMethod,
        at: clock.now(),
      }))
        yield toSend(facts)
    },
    onQueued,
  })
  const announcing = {
    settings,
    toSend: (news: Happening) => announce(news, { webhooks: settings.current().webhooks, at: clock.now() }).map(toSend),
    onQueued,
  }
  const accounts = redisAccounts(link, { ...announcing, hub: changes })
  const reset = redisReset(link, { settings, journal, clock: config.clock })
  const deliveries = redisDeliveries({
    clock,
    webhooks,
    logger,
    changes,
    resolve,
    timeout,
    targets: config.callbackTargets,
    body: (delivery) => deliveryBody(store, delivery),
    tried: (verdict) => metrics?.attempt(verdict),
    records: deliveryRecords(link, onQueued),
    agenda,
    queue,
    async expire(token) {
      await untilLoaded({ store })
      await expireOrder({ clock, store, ids }, token)
    },
  })
  return {
    clock,
    ids,
    store,
    webhooks,
    deliveries,
    journal,
    faults: redisFaults(link, settings),
    rateLimits: redisRateLimits(link),
    changes,
    accounts,
    records: redisRecords(link, announcing),
    since: () => settings.current().since,
    async reset(accountId) {
      await reset(accountId)
      accounts.forget(accountId)
    },
    agreeOnToken: tokenOfAll(link),
    whyNotReady: () => link.whyAway(),
    async close(ms) {
      agenda.close()
      await queue.close(ms, deliveries.breakOff)
      changes.close()
      link.close()
    },
  }
}

async function begun(link: Link, config: Config) {
  const changes = await sharedChanges(link)
  try {
    return {
      changes,
      settings: await sharedSettings(link, changes, { ...config, since: config.clock ?? createClock(null).now() }),
    }
  } catch (error) {
    changes.close()
    throw error
  }
}
