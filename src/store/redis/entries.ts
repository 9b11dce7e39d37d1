import { deliveryEvents, deliveryStatuses } from '../../../schemas/control/deliveries'
import { FaultToAddSchema } from '../../../schemas/control/faults'
import type { Standing } from '../../clock'
import { isObject, parsedJson } from '../../pure/json'
import { buildValidator } from '../../validation/compilers'
import type { StoredOrder, Webhook } from '../records'

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
  ...{ accountId: text, id: text, remoteId: text, token: text, origin: text, state: text },
  ...{ orderedAt: instant, openedAt: orNull(instant), startedAt: orNull(instant), resultAt: orNull(instant) },
  ...{ request: text, result: orNull(text) },
})

const facts = shaped({
  ...{ accountId: text, orderId: text, remoteId: text, event: oneOf(deliveryEvents), at: instant },
  ...{ result: orNull(jsonObject), requestId: orMissing(orNull(text)) },
  receiver: shaped({ method: text, url: text, origin: text, secret: orNull(text), webhookId: orNull(text) }),
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

export const readOrder = reader<StoredOrder>(order)
export const readFacts = reader<object>(facts)
export const readProgress = reader<object>(progress)
export const readRequestFacts = reader<object>(request)
export const readBodies = reader<object>(bodies)
export const readWebhook = reader<Webhook & { turn: number }>(webhook)
export const readFault = reader<{ id: string; turn: number }>(fault)
export const readClock = reader<Standing>(clock)
