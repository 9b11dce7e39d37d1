import { createHash } from 'node:crypto'
import { fractionOf } from '../../ids'
import { itemAt } from './item-at'

/** Identifiers of a record: StackOne's and the ATS's own. */
export interface Ref {
  readonly id: string
  readonly remote_id: string
}

/** Random choices for one account. Each depends only on the account, the salt and the `key` or the kind and number. */
export interface Draw {
  /** From 0 to 1. */
  fraction(key: string): number
  between(key: string, least: number, most: number): number
  /** One of `items`, which must not be empty. */
  pick<T>(key: string, items: readonly T[]): T
  shuffle<T>(key: string, items: readonly T[]): T[]
  /** The identifiers of the `n`th record of a kind. */
  ref(kind: string, n: number): Ref
}

const idBytes = 18
const firstRemoteNumber = 10_000
const remoteNumbers = 80_000
/** The largest step between the numbers of two records. Real ones have gaps as well. */
const step = 7

export function drawFor(salt: string, accountId: string): Draw {
  // As JSON, so that no other salt and account make the same text.
  const seed = createHash('sha256')
    .update(JSON.stringify([salt, accountId]))
    .digest('base64url')
  const fraction = (key: string) => fractionOf(`${seed} ${key}`)
  // Kept, because answers and sources refer to the same few records again and again.
  const refs = new Map<string, Ref>()
  const firstNumbers = new Map<string, number>()
  return {
    fraction,
    between: (key, least, most) => least + fraction(key) * (most - least),
    pick: <T>(key: string, items: readonly T[]) => itemAt(items, Math.floor(fraction(key) * items.length)),
    shuffle(key, items) {
      const left = [...items]
      // One draw for all: each place uses up a part of it, and 32 bits suffice for the orders of twelve items.
      let rest = fraction(key)
      return items.map(() => {
        const place = Math.floor(rest * left.length)
        rest = rest * left.length - place
        return itemAt(left.splice(place, 1), 0)
      })
    },
    ref(kind, n) {
      const key = `${seed} ${kind} ${String(n)}`
      const known = refs.get(key)
      if (known !== undefined) return known
      const digest = createHash('sha256').update(key).digest()
      const first = firstNumbers.get(kind) ?? firstRemoteNumber + Math.floor(fraction(kind) * remoteNumbers)
      firstNumbers.set(kind, first)
      // Numbers rise with each record, and never meet.
      const number = first + n * step + (digest.readUInt8(idBytes) % step)
      const ref = { id: digest.toString('base64url', 0, idBytes), remote_id: `${kind}-${String(number)}` }
      refs.set(key, ref)
      return ref
    },
  }
}
