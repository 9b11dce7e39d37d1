import { deliveryEvents, deliveryStatuses } from '../../../schemas/control/deliveries'
import { FaultToAddSchema } from '../../../schemas/control/faults'
import { webhookEvents, webhookStyles } from '../../../schemas/events'
import { accountStatuses } from '../../../schemas/kept'
import { orderKinds } from '../../../schemas/order-kinds'
import type { Standing } from '../../clock'
import { isObject, parsedJson } from '../../pure/json'
import { buildValidator } from '../../validation/compilers'
import type { AccountSettings } from '../account-settings'
import {
  type OlderDelivery,
  type OlderOrder,
  type OlderWebhook,
  wholeDelivery,
  wholeOrder,
  wholeWebhook,
} from '../older'
import type { Exchange, StoredOrder, Webhook } from '../records'

// People and other programs may write to Redis: whatever is not the sandbox's must break nothing but itself.

type Check = (value: unknown) => boolean

const text: Check = (value) => typeof value === 'string'
const number: Check = (value) => typeof value === 'number'
const instant: Check = (value) => typeof value === 'number' && Math.abs(value) <= 8.64e15
const jsonObject: Check = (value) => typeof value === 'string' && isObject(parsedJson(value))
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value)
const orMissing =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value)
const oneOf =
  (values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value)
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check)
/** Extra properties are fine: a later version may have added them. */
const shaped =
  (shape: Record<string, Check>): Check =>
  (value) =>
    isObject(value) && Object.entries(shape).every(([name, check]) => check(value[name]))

const order = shaped({
  // Missing in what earlier versions wrote.
  kind: orMissing(oneOf(orderKinds)),
  ...{ accountId: text, id: text, remoteId: text, token: text, origin: text, state: text },
  ...{ orderedAt: instant, openedAt: orNull(instant), startedAt: orNull(instant), resultAt: orNull(instant) },
  ...{ request: text, result: orNull(text) },
})

const style = orMissing(oneOf(webhookStyles))

const facts = shaped({
  ...{ accountId: text, orderId: orNull(text), remoteId: text, event: oneOf(deliveryEvents), at: instant },
  ...{ result: orNull(jsonObject), requestId: orMissing(orNull(text)), payload: orMissing(orNull(text)) },
  receiver: shaped({ method: text, url: text, origin: text, secret: orNull(text), webhookId: orNull(text), style }),
})

const progress = shaped({
  ...{ status: oneOf(deliveryStatuses), nextAttemptAt: orNull(instant), earlier: number },
  attempts: listOf(
    shaped({
      ...{ at: instant, url: text, status: orNull(number), ms: number, error: orNull(text) },
      nextAttemptAt: orNull(instant),
    }),
  ),
})

const request = shaped({
  ...{ at: instant, ms: number, method: text, url: text, operation: orNull(text), accountId: orNull(text) },
  ...{ orderId: orNull(text), status: orNull(number), message: orNull(text), hint: orNull(text), fault: orNull(text) },
  ...{ requestHeaders: isObject, responseHeaders: isObject },
  warnings: orMissing(listOf(shaped({ path: text, message: text }))),
})

const bodies = shaped({ requestBody: orMissing(orNull(text)), responseBody: orMissing(orNull(text)) })

const webhook = shaped({
  id: text,
  accountId: orNull(text),
  url: text,
  secret: text,
  events: orMissing(listOf(oneOf(webhookEvents))),
  style,
  disabled: orNull(text),
  turn: number,
})

const isFault = buildValidator({}, {})({ schema: FaultToAddSchema, method: '', url: '', httpPart: 'body' }) as Check
const fault = shaped({ id: text, accountId: orNull(text), fault: (value) => isFault(value), turn: number })

/** The value of a counter; 0 when it is not a number. */
export const countOf = (kept: unknown): number => (/^\d+$/.test(String(kept)) ? Number(kept) : 0)

const clock = shaped({ frozen: orNull(instant), ahead: instant })

/** Reads an entry; null when it is invalid. */
type Reader<T> = (json: string | null | undefined) => T | null

const reader =
  <T>(check: Check): Reader<T> =>
  (json) => {
    const value = typeof json === 'string' ? parsedJson(json) : undefined
    return check(value) ? (value as T) : null
  }

const readOlderOrder = reader<OlderOrder>(order)
const readOlderFacts = reader<Omit<OlderDelivery, 'number'>>(facts)
const readOlderWebhook = reader<OlderWebhook & { turn: number }>(webhook)

export function readOrder(json: string): StoredOrder | null {
  const kept = readOlderOrder(json)
  return kept && wholeOrder(kept)
}

/** What a delivery is about, and where it goes. */
export function readFacts(json: string | null) {
  const kept = readOlderFacts(json)
  return kept && wholeDelivery(kept)
}

export function readWebhook(json: string): (Webhook & { turn: number }) | null {
  const kept = readOlderWebhook(json)
  return kept && wholeWebhook(kept)
}

const message = shaped({ headers: isObject, body: text, isCut: (value) => typeof value === 'boolean' })
const readExchange = reader<Exchange>(shaped({ request: orNull(message), response: orNull(message) }))

/** The exchanges in `lines`, each of which ends with a newline; null for an unreadable one. */
export const readExchanges = (lines: string): (Exchange | null)[] => lines.split('\n').slice(0, -1).map(readExchange)

export const readProgress = reader<object>(progress)
export const readRequestFacts = reader<object>(request)
export const readBodies = reader<object>(bodies)
const endpoint = shaped({ url: text, secret: text, auth: orNull(text) })

export const readAccount = reader<AccountSettings>(
  shaped({
    ...{ id: text, provider: orNull(text), status: oneOf(accountStatuses), packages: orNull(endpoint) },
    updatedAt: instant,
  }),
)

export const readSince = reader<number>(instant)

export const readFault = reader<{ id: string; turn: number }>(fault)
export const readClock = reader<Standing>(clock)
