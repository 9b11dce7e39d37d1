import type { LookupAddress } from 'node:dns'
import { passRealTime, realNow } from '../../real-time'

/** Calls a second to any server but one on this machine. */
const perSecond = 10

/** Time in milliseconds, and what passes it. */
interface Time {
  now: () => number
  wait: (ms: number) => Promise<void>
}

const realTime: Time = { now: realNow, wait: passRealTime }

/** What to await before each call, so that a server at `addresses` gets ten a second at most. */
export function paceFor(addresses: readonly LookupAddress[], { now, wait }: Time = realTime): () => Promise<void> {
  if (addresses.every(({ address }) => address === '::1' || address.startsWith('127.'))) return () => Promise.resolve()
  let free = -Infinity
  return async () => {
    const at = Math.max(now(), free)
    free = at + 1_000 / perSecond
    if (at > now()) await wait(at - now())
  }
}
