import { createHash, randomFillSync, randomUUID } from 'node:crypto'

/** Where the sandbox takes identifiers from, so that a run can be repeated to the byte. */
export interface Ids {
  /** A UUID, version 4. */
  uuid(): string
  /** 128 unguessable bits, base64url: 22 characters that are safe in a URL. */
  token(): string
  /** Starts over, which only seeded ids notice. */
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

/** Drawn from a pool, as `randomUUID` does it: asking the system for each token costs ten times as much. */
function nextRandomBytes(): Buffer {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  return pool.subarray(used, (used += tokenBytes))
}

/** Identifiers that follow from `seed` alone: the same seed gives the same ones in the same order. Guessable, so for tests. */
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

/** From 0 to 1, always the same for the same `text`: chance that makes a run no less repeatable. */
export const fractionOf = (text: string): number => createHash('sha256').update(text).digest().readUInt32BE() / 2 ** 32
