/** A text inside a block that it shares with others. */
export interface PackedText {
  readonly block: Buffer
  readonly start: number
  readonly end: number
}

const blockSize = 256 * 1024

/**
 * Packs texts into large blocks outside the JavaScript heap, where the garbage collector neither copies nor scans them:
 * the slowest answers stay as fast with a million orders as with none. A block is freed once no text in it is
 * referenced.
 */
export function textPacker() {
  let block: Buffer = Buffer.alloc(0)
  let used = 0

  function makeRoom(size: number) {
    if (used + size <= block.length) return
    block = newBlock(size)
    used = 0
  }

  return {
    pack(text: string): PackedText {
      makeRoom(Buffer.byteLength(text))
      const start = used
      used += block.write(text, start)
      return { block, start, end: used }
    },
    /** Packs a text that is UTF-8 already. */
    packBytes(bytes: Buffer): PackedText {
      makeRoom(bytes.length)
      const start = used
      used += bytes.copy(block, start)
      return { block, start, end: used }
    },
  }
}

/**
 * V8 starts a full collection for every 64 MB of ordinary buffers, however little there is to collect; shared memory
 * does not count. Texts too large for a block get ordinary buffers: they are few, and worth a collection.
 */
const newBlock = (size: number): Buffer =>
  size > blockSize ? Buffer.allocUnsafeSlow(size) : Buffer.from(new SharedArrayBuffer(blockSize))

export const unpack = ({ block, start, end }: PackedText): string => block.toString('utf8', start, end)

/** The bytes of a packed text, which must not be changed. */
export const bytesIn = ({ block, start, end }: PackedText): Buffer => block.subarray(start, end)
