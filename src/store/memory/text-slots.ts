import { shortBodies as size } from '../journal'

const slotsOfBlock = 128

export interface TextSlots {
  /** Writes `text` after the first `start` bytes of a slot; returns where it ends, or null when it does not fit. */
  write(slot: number, start: number, text: string): number | null
  read(slot: number, start: number, end: number): string
}

/**
 * Slots for short texts that are overwritten again and again. They are outside the JavaScript heap: the garbage
 * collector copies whatever lives there for some milliseconds, which took a tenth of the time of an order.
 */
export function textSlots(): TextSlots {
  const blocks: Buffer[] = []
  const blockOf = (slot: number) =>
    (blocks[Math.floor(slot / slotsOfBlock)] ??= Buffer.allocUnsafeSlow(size * slotsOfBlock))
  const offsetOf = (slot: number) => (slot % slotsOfBlock) * size

  return {
    write(slot, start, text) {
      const end = start + Buffer.byteLength(text)
      if (end > size) return null
      blockOf(slot).write(text, offsetOf(slot) + start)
      return end
    },
    read: (slot, start, end) => blockOf(slot).toString('utf8', offsetOf(slot) + start, offsetOf(slot) + end),
  }
}
