import { crc32 } from 'node:zlib'
import type { Standing } from '../clock'
import type { RestoredDelivery } from '../deliveries/memory/deliveries'
import type { KeptRecord } from '../store/account-records'
import type { AccountSettings } from '../store/account-settings'
import type { Counted } from '../store/faults'
import type { OrderInBytes } from '../store/memory/orders'
import type { KeptWebhook } from '../store/memory/webhooks'
import { type OlderOrder, wholeOrder } from '../store/older'

/** An order and the deliveries about it, each as it is now. What is missing has not changed. */
export interface Unit {
  readonly order?: OrderInBytes
  readonly deliveries?: readonly RestoredDelivery[]
}

/** A fault as it is kept. How often it applies follows from it. */
export type KeptFault = Omit<Counted, 'times'>

/** What a line says besides units. */
export type Fact =
  /** The orders and records of an account, or with null all of them, are gone, and the deliveries. */
  | { readonly reset: string | null }
  /** All webhooks, all faults, all accounts and the clock follow: earlier lines about them no longer count. */
  | { readonly settings: 'follow' }
  | { readonly webhook: KeptWebhook }
  | { readonly webhookGone: string }
  | { readonly fault: KeptFault }
  | { readonly faultGone: string }
  | { readonly clock: Standing }
  | { readonly since: number }
  | { readonly account: AccountSettings }
  | { readonly accountGone: string }
  | { readonly record: KeptRecord }
  /** All lines since the previous one with an end happened in one step. */
  | { readonly end: true }

/** What a line of the file says. A later line replaces an earlier one about the same thing. */
export type Entry = Unit | Fact

const checksumSize = 8
const space = 0x20
const tab = 0x09
const lineFeed = 0x0a
const none = Buffer.alloc(0)

/** What a line holds: JSON and, after a tab, the request of an order as it was received; empty: none. */
export interface Line {
  readonly json: string
  readonly request: Buffer
}

/** The most bytes that a line may take. */
export const mostBytesOf = ({ json, request }: Line): number => checksumSize + 3 * json.length + request.length + 3

/** Writes a line at the offset `at` of `into`: a checksum of what follows, a space, and what it holds. Returns its end. */
export function encode({ json, request }: Line, into: Buffer, at: number): number {
  const start = at + checksumSize + 1
  into[start - 1] = space
  let end = start + into.write(json, start)
  if (request.length > 0) {
    into[end] = tab
    end += 1 + request.copy(into, end + 1)
  }
  into.write(checksumOf(into.subarray(start, end)), at, 'latin1')
  into[end] = lineFeed
  return end + 1
}

/** A line in memory of its own. */
export function encoded(line: Line): Buffer {
  const bytes = Buffer.alloc(mostBytesOf(line))
  return bytes.subarray(0, encode(line, bytes, 0))
}

const checksumOf = (bytes: Buffer) => crc32(bytes).toString(16).padStart(checksumSize, '0')

/** `fact` as a line. */
export const lineOf = (fact: Fact): Line => ({ json: JSON.stringify(fact), request: none })

export const endOfStep: Line = lineOf({ end: true })
export const endLine = encoded(endOfStep)

/** An order and deliveries about it as a line. What is empty or null has not changed. */
export function unitLine(order: OrderInBytes | null, deliveries: readonly RestoredDelivery[]): Line {
  if (order === null) return { json: JSON.stringify({ deliveries }), request: none }
  const { request } = order
  // Copied as it is, which costs less than JSON would. JSON in several lines has to become one.
  const isCopied = !request.includes(lineFeed)
  const orderText = orderJson(order, isCopied ? null : request.toString())
  const rest = deliveries.length > 0 ? `,"deliveries":${JSON.stringify(deliveries)}` : ''
  return { json: `{"order":${orderText}${rest}}`, request: isCopied ? request : none }
}

/** By hand, since this runs for every order: a copy without the request, and a call for all of it, take twice as long. */
const orderJson = (order: OrderInBytes, request: string | null) =>
  `{${order.kind === 'assessment' ? '' : `"kind":"${order.kind}",`}"accountId":${JSON.stringify(order.accountId)},"id":${JSON.stringify(order.id)},` +
  `"remoteId":${JSON.stringify(order.remoteId)},"token":${JSON.stringify(order.token)},` +
  `"origin":${JSON.stringify(order.origin)},"orderedAt":${String(order.orderedAt)},` +
  `"openedAt":${String(order.openedAt)},"startedAt":${String(order.startedAt)},` +
  `"resultAt":${String(order.resultAt)},"state":"${order.state}","result":${JSON.stringify(order.result)}` +
  `${request === null ? '' : `,"request":${JSON.stringify(request)}`}}`

/** The entry of a line, without its line feed; null if the line is not as it was written. */
export function entryOf(line: Buffer): Entry | null {
  const content = line.subarray(checksumSize + 1)
  if (line.toString('latin1', 0, checksumSize) !== checksumOf(content)) return null
  // JSON as it is written here has no tabs of its own.
  const end = content.indexOf(tab)
  const said = JSON.parse(content.toString('utf8', 0, end < 0 ? content.length : end)) as Fact | WrittenUnit
  if (!('order' in said)) return said as Fact | Unit
  const { order, ...rest } = said
  const request = end < 0 ? Buffer.from(String(order.request)) : content.subarray(end + 1)
  return { order: { ...wholeOrder(order), request }, ...rest }
}

/** A unit as JSON has it. */
type WrittenUnit = Omit<Unit, 'order'> & { order?: Omit<OlderOrder, 'request'> & { request?: string } }
