import { crc32 } from 'node:zlib'
import type { Standing } from '../clock'
import type { RestoredDelivery } from '../deliveries/memory/deliveries'
import type { Counted } from '../store/faults'
import type { OrderInBytes } from '../store/memory/orders'
import type { KeptWebhook } from '../store/memory/webhooks'
import type { StoredOrder } from '../store/records'

/** An order and the deliveries about it, each as it is now. What is missing has not changed. */
export interface Unit {
  readonly order?: OrderInBytes
  readonly deliveries?: readonly RestoredDelivery[]
}

/** A fault as it is kept. How often it applies follows from it. */
export type KeptFault = Omit<Counted, 'times'>

/** What a line says besides units. */
export type Fact =
  /** The orders of an account, or with null all orders, are gone, and the deliveries about them. */
  | { readonly reset: string | null }
  /** All webhooks, all faults and the clock follow: earlier lines about them no longer count. */
  | { readonly settings: 'follow' }
  | { readonly webhook: KeptWebhook }
  | { readonly webhookGone: string }
  | { readonly fault: KeptFault }
  | { readonly faultGone: string }
  | { readonly clock: Standing }
  /** All lines since the previous one with an end happened in one step. */
  | { readonly end: true }

/** What a line of the file says. A later line replaces an earlier one about the same thing. */
export type Entry = Unit | Fact

const checksumSize = 8
const space = 0x20
const tab = 0x09
const lineFeed = 0x0a
const none = Buffer.alloc(0)

/** A line: a checksum of what follows, a space, JSON and, after a tab, the request of an order as it was received. */
function lineWith(json: string, request: Buffer): Buffer {
  const size = checksumSize + 1 + Buffer.byteLength(json)
  const line = Buffer.allocUnsafe(size + (request.length > 0 ? 1 : 0) + request.length + 1)
  line[checksumSize] = space
  line.write(json, checksumSize + 1)
  if (request.length > 0) {
    line[size] = tab
    request.copy(line, size + 1)
  }
  line[line.length - 1] = lineFeed
  line.write(checksumOf(line.subarray(checksumSize + 1, -1)), 0, 'latin1')
  return line
}

const checksumOf = (bytes: Buffer) => crc32(bytes).toString(16).padStart(checksumSize, '0')

/** `fact` as a line. */
export const lineOf = (fact: Fact): Buffer => lineWith(JSON.stringify(fact), none)

export const endLine = lineOf({ end: true })

/** An order and deliveries about it as a line. What is empty or null has not changed. */
export function unitLine(order: OrderInBytes | null, deliveries: readonly RestoredDelivery[]): Buffer {
  const some = deliveries.length > 0 ? { deliveries } : {}
  if (order === null) return lineWith(JSON.stringify(some), none)
  const { request, ...rest } = order
  // Copied as it is, which costs less than JSON would. JSON in several lines has to become one.
  if (!request.includes(lineFeed)) return lineWith(JSON.stringify({ order: rest, ...some }), request)
  return lineWith(JSON.stringify({ order: { ...rest, request: request.toString() }, ...some }), none)
}

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
  return { order: { ...order, request }, ...rest }
}

/** A unit as JSON has it. */
type WrittenUnit = Omit<Unit, 'order'> & { order?: Omit<StoredOrder, 'request'> & { request?: string } }
