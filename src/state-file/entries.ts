import { crc32 } from 'node:zlib'
import type { Standing } from '../clock'
import type { RestoredDelivery } from '../deliveries/memory/deliveries'
import type { Counted } from '../store/faults'
import type { KeptWebhook } from '../store/memory/webhooks'
import type { StoredOrder } from '../store/records'

/** An order and the deliveries about it, each as it is now. What is missing has not changed. */
export interface Unit {
  readonly order?: StoredOrder
  readonly deliveries?: readonly RestoredDelivery[]
}

/** A fault as it is kept. How often it applies follows from it. */
export type KeptFault = Omit<Counted, 'times'>

/** What a line of the file says. A later line replaces an earlier one about the same thing. */
export type Entry =
  | Unit
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

const checksum = (json: string | Uint8Array) => crc32(json).toString(16).padStart(8, '0')

const checksumSize = 8

/** `entry` as a line: a checksum, a space, and JSON. */
export function lineOf(entry: Entry): string {
  const json = JSON.stringify(entry)
  return `${checksum(json)} ${json}\n`
}

export const endLine = lineOf({ end: true })

/** The entry of a line, without its line feed; null if the line is not as it was written. */
export function entryOf(line: Buffer): Entry | null {
  const json = line.subarray(checksumSize + 1)
  if (line.toString('latin1', 0, checksumSize) !== checksum(json)) return null
  return JSON.parse(json.toString()) as Entry
}
