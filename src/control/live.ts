import type { Live } from '../../schemas/control/live'
import type { Deps } from '../deps'
import { errors } from '../errors'
import { afterRealTime } from '../real-time'
import { type Delivery, deliveryId, type Recorded, type StoredOrder } from '../store/records'
import type { Account } from './control'
import { gathered } from './gathered'
import { allOf, settingsOf, shown } from './live-message'

/** Milliseconds of real time between messages: nobody reads faster, and the server has other work. */
const gathering = 200

const mostViewers = 200

type LiveDeps = Parameters<typeof settingsOf>[0] & Pick<Deps, 'changes'>

/** A connected viewer. */
export interface Viewer {
  /** Accepts a message, the JSON text of a `Live`; resolves when there is room for another. */
  take(message: string): Promise<void>
}

interface Seat {
  viewer: Viewer
  /** Whether the last message is still being sent. */
  isBusy: boolean
  /** Whether it has received a full message. */
  hasBegun: boolean
  /** Whether it needs a full message: it is new or has missed something. */
  isBehind: boolean
}

interface Feed {
  seats: Set<Seat>
  stop: () => void
  soon: () => void
}

/**
 * Sends viewers everything, then changes. All viewers of an account share the same text, built once. A viewer that
 * reads too slowly gets everything again once it can, as does every viewer after more changes at once than a message
 * holds.
 */
export function liveViews(deps: LiveDeps) {
  const feeds = new Map<Account, Feed>()
  let viewers = 0

  return {
    /** Throws `tooManyViewers` at the limit. */
    requireRoom() {
      if (viewers >= mostViewers) throw errors.tooManyViewers(mostViewers)
    },
    /** Subscribes `viewer` to an account (null: to all); returns a function that unsubscribes it. */
    watch(account: Account, viewer: Viewer): () => void {
      const feed = feeds.get(account) ?? openFeed(deps, account)
      feeds.set(account, feed)
      const seat: Seat = { viewer, isBusy: false, hasBegun: false, isBehind: true }
      feed.seats.add(seat)
      viewers++
      feed.soon()
      return () => {
        viewers--
        feed.seats.delete(seat)
        if (feed.seats.size > 0 || feeds.get(account) !== feed) return
        feed.stop()
        feeds.delete(account)
      }
    },
  }
}

function openFeed(deps: LiveDeps, account: Account): Feed {
  const { changes } = deps
  const { isOpen } = deps.access
  const seats = new Set<Seat>()
  const orders = gathered<StoredOrder>()
  const requests = gathered<Recorded>()
  const deliveries = gathered<Delivery>()
  let isDue = false
  let hasNewSettings = false
  const isShown = (accountId: string | null) => account === null || accountId === account

  function soon() {
    if (isDue) return
    isDue = true
    afterRealTime(gathering, () => {
      const done = () => {
        isDue = false
        if (isWanted()) soon()
      }
      void tell().then(done, () => {
        // A full message will include what could not be sent.
        for (const seat of seats) seat.isBehind = true
        done()
      })
    })
  }

  const isWanted = () =>
    hasNewSettings ||
    orders.size() + requests.size() + deliveries.size() > 0 ||
    [...seats].some(({ isBehind, isBusy }) => isBehind && !isBusy)

  async function tell() {
    const isTooMuch = [orders, requests, deliveries].map((each) => each.overflew()).includes(true)
    const isSettingNew = hasNewSettings
    hasNewSettings = false
    const changed = { orders: orders.take(), requests: requests.take(), deliveries: deliveries.take() }
    for (const seat of seats) if (isTooMuch || seat.isBusy) seat.isBehind = true
    const free = [...seats].filter(({ isBusy }) => !isBusy)
    // While changes overflow, a part of them is enough: a full message each time would take too long.
    const toBegin = free.filter(({ isBehind, hasBegun }) => isBehind && !(isTooMuch && hasBegun))
    const toGoOn = free.filter((seat) => !toBegin.includes(seat))
    await changes.ready()
    const settings = await settingsOf(deps, account)
    if (toGoOn.length > 0)
      give(toGoOn, { isWhole: false, hasNewSettings: isSettingNew, ...shown(changed, isOpen), ...settings })
    if (toBegin.length === 0) return
    // Set before reading everything: a reset meanwhile marks them as behind again.
    for (const seat of toBegin) {
      seat.hasBegun = true
      seat.isBehind = isTooMuch
    }
    const all = await allOf(deps, account)
    give(toBegin, { isWhole: true, hasNewSettings: true, ...shown(all, isOpen), ...settings })
  }

  function give(to: readonly Seat[], live: Live) {
    const message = JSON.stringify(live)
    for (const seat of to) {
      seat.isBusy = true
      const done = () => {
        seat.isBusy = false
        if (seat.isBehind) soon()
      }
      // A closed stream unsubscribes itself.
      void seat.viewer.take(message).then(done, done)
    }
  }

  function startOver() {
    for (const seat of seats) seat.isBehind = true
    soon()
  }

  const stops = [
    changes.on('order', (order) => {
      if (!isShown(order.accountId)) return
      orders.add(order.token, order)
      soon()
    }),
    changes.on('request', (request) => {
      if (!isShown(request.accountId)) return
      requests.add(String(request.id), request)
      soon()
    }),
    changes.on('delivery', (delivery) => {
      if (!isShown(delivery.accountId)) return
      deliveries.add(deliveryId(delivery), delivery)
      soon()
    }),
    changes.on('setting', () => {
      hasNewSettings = true
      soon()
    }),
    changes.on('reset', startOver),
    changes.on('gap', startOver),
  ]
  return {
    seats,
    soon,
    stop: () => {
      for (const stop of stops) stop()
    },
  }
}
