import { createHash, randomFillSync, randomUUID } from 'node:crypto'

/** The sandbox's only source of identifiers, so that a run can be repeated to the byte. */
export interface Ids {
  /** A UUID, version 4. */
  uuid(): string
  /** 128 unguessable bits, base64url: 22 characters that are safe in a URL. */
  token(): string
  /** Starts over; only seeded ids can tell. */
  reset(): void
  /** Ids drawn from now on differ from all earlier ones; `facts` names those in use. */
  setApartFrom(facts: Iterable<string>): void
}

export const randomIds: Ids = {
  uuid: () => randomUUID(),
  token: () => nextRandomBytes().toString('base64url'),
  reset: () => undefined,
  setApartFrom: () => undefined,
}

const tokenBytes = 16
const pool = Buffer.alloc(256 * tokenBytes)
let used = pool.length

/** Uses a pool, as `randomUUID` does: asking the system for each token costs ten times as much. */
function nextRandomBytes(): Buffer {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  return pool.subarray(used, (used += tokenBytes))
}

/**
 * Identifiers derived from `seed` alone: the same seed gives the same ones in the same order. Guessable, so for tests
 * only.
 */
export function seededIds(seed: string): Ids {
  let drawn = 0
  let prefix = seed
  const draw = () =>
    createHash('sha256')
      .update(`${prefix}:${String(drawn++)}`)
      .digest()
      .subarray(0, 16)
  return {
    uuid() {
      const bytes = draw()
      bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6)
      bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
      return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    },
    token: () => draw().toString('base64url'),
    reset() {
      drawn = 0
      prefix = seed
    },
    setApartFrom(facts) {
      const hash = createHash('sha256')
      for (const fact of facts) hash.update(fact)
      prefix = `${seed}:${hash.digest('hex')}`
    },
  }
}

/** A number from 0 to 1 that depends on `text` alone: randomness that keeps a run repeatable. */
export const fractionOf = (text: string): number => createHash('sha256').update(text).digest().readUInt32BE() / 2 ** 32
