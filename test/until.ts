import { setImmediate, setTimeout } from 'node:timers/promises'

/** Milliseconds between two looks. Without them a test would keep a processor busy that what it waits for needs. */
const pause = 5

/** Resolves once `holds`; throws when it does not within `patience` milliseconds, which a busy machine never needs. */
export async function until(holds: () => Promise<boolean>, patience = 60_000): Promise<void> {
  const giveUpAt = Date.now() + patience
  for (let looks = 1; !(await holds()); looks++) {
    if (Date.now() > giveUpAt) throw new Error(`in vain: ${String(holds)}`)
    // Most need no longer than what is under way.
    await (looks < 5 ? setImmediate() : setTimeout(pause))
  }
}
