import { batch, effect, signal } from '@preact/signals'
import { EventSource } from 'eventsource'
import type { ClockReading } from '../../schemas/control/clock'
import type { ControlDelivery } from '../../schemas/control/deliveries'
import type { Fault } from '../../schemas/control/faults'
import type { Live, LiveOrder, LiveRequest } from '../../schemas/control/live'
import type { ControlWebhook } from '../../schemas/control/webhooks'
import { controlUrl } from './addresses'
import { errorOf } from './api'
import { merge } from './merge'
import { account } from './route'
import { token, tokenHeader, tokenWanted } from './token'

export const orders = signal<readonly LiveOrder[]>([])
export const requests = signal<readonly LiveRequest[]>([])
export const deliveries = signal<readonly ControlDelivery[]>([])
export const faults = signal<readonly Fault[]>([])
export const webhooks = signal<readonly ControlWebhook[]>([])
export const accounts = signal<readonly string[]>([])
export const counts = signal({ orders: 0, droppedRequests: 0, droppedDeliveries: 0 })
/** Why the sandbox is not well; null if it is. */
export const problem = signal<string | null>(null)
/** The last reading of the sandbox's clock, and when the page took it. */
export const clock = signal<ClockReading & { readAt: number }>({ now: '', isFrozen: false, readAt: 0 })

export const connection = signal<'connecting' | 'live' | 'lost'>('connecting')
/** Why the sandbox refused the stream; empty if it did not. */
export const refusal = signal('')
/** Whether the first message has arrived: until then, empty lists mean nothing. */
export const isLoaded = signal(false)

export const orderKey = (order: { account: string; id: string }): string => `${order.account}/${order.id}`
export const idOf = <T>({ id }: { id: T }): T => id

const retryMs = 1_000
/** Longer than the server's heartbeat interval: such a silence means that the connection is dead. */
const silenceMs = 75_000

type Listener = (message: Live) => void
const listeners = new Set<Listener>()

/** Calls `listener` with each message. Returns a function that unsubscribes it. */
export function onMessage(listener: Listener): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Follows the sandbox while the page is open. A new account or token restarts the stream. */
export function watch(): void {
  effect(() => {
    // Reads the token here, so that the effect reruns when it changes.
    if (tokenWanted.value === 'no') return follow(account.value, token.value)
    connection.value = 'lost'
    return undefined
  })
}

/** Streams the changes of an account, or of all if `of` is empty. Returns a function that stops. */
function follow(of: string, given: string): () => void {
  let source: EventSource
  let retry: number | undefined
  let silence: number | undefined
  const heard = () => {
    clearTimeout(silence)
    silence = setTimeout(again, silenceMs)
  }

  function open() {
    source = new EventSource(controlUrl('live', { account: of }), {
      fetch: async (url, init) => {
        const response = await fetch(url, { ...init, headers: { ...init.headers, ...tokenHeader(given) } })
        if (!response.ok) refusal.value = await toWords(response)
        return noticing(response, heard)
      },
    })
    source.onmessage = ({ data }) => {
      take(JSON.parse(String(data)) as Live)
    }
    source.onerror = again
    heard()
  }

  // EventSource itself waits three seconds before it retries, and never retries after a refusal.
  function again() {
    end()
    if (tokenWanted.peek() !== 'no') return
    connection.value = 'lost'
    retry = setTimeout(open, retryMs)
  }

  function end() {
    source.close()
    clearTimeout(retry)
    clearTimeout(silence)
  }

  // Back online, it reconnects without waiting for the retry timer.
  const reconnect = () => {
    if (connection.peek() !== 'lost') return
    end()
    open()
  }
  // Otherwise a lost network is noticed only after a long silence. A sandbox on this machine reconnects immediately.
  addEventListener('offline', again)
  addEventListener('online', reconnect)
  open()
  return () => {
    removeEventListener('offline', again)
    removeEventListener('online', reconnect)
    end()
  }
}

async function toWords(response: Response): Promise<string> {
  const { message, hint } = await errorOf(response)
  return `${message} ${hint}`.trim()
}

/** `response`, calling `heard` for each chunk: the library hides comments, and heartbeats are comments. */
function noticing(response: Response, heard: () => void) {
  const { body, url, status, redirected, headers } = response
  if (body === null || body.locked) return { body: null, url, status, redirected, headers }
  const reader = body.getReader()
  const noticed = {
    read: async () => {
      const part = await reader.read()
      heard()
      return part
    },
    cancel: () => reader.cancel(),
  }
  return { body: { getReader: () => noticed }, url, status, redirected, headers }
}

function take(message: Live): void {
  batch(() => {
    if (message.isWhole) {
      orders.value = message.orders
      requests.value = message.requests
      deliveries.value = message.deliveries
    } else {
      orders.value = merge(orders.peek(), message.orders, orderKey, isNewerOrder)
      requests.value = merge(requests.peek(), message.requests, idOf, (a, b) => a.id > b.id)
      deliveries.value = merge(deliveries.peek(), message.deliveries, idOf, isNewerDelivery)
    }
    faults.value = message.faults
    webhooks.value = message.webhooks
    accounts.value = message.accounts
    problem.value = message.problem
    clock.value = { ...message.clock, readAt: performance.now() }
    counts.value = {
      orders: message.orderCount,
      droppedRequests: message.droppedRequests,
      droppedDeliveries: message.droppedDeliveries,
    }
    connection.value = 'live'
    refusal.value = ''
    isLoaded.value = true
  })
  for (const listener of listeners) listener(message)
}

// The clock may be set back, so an item in its first state counts as new whatever its time.
const isNewerOrder = (order: LiveOrder, than: LiveOrder) =>
  order.orderedAt >= than.orderedAt || order.state === 'ordered'
const isNewerDelivery = (delivery: ControlDelivery, than: ControlDelivery) =>
  delivery.createdAt >= than.createdAt || delivery.attempts.length === 0
