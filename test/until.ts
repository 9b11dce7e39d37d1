import { setImmediate } from 'node:timers/promises'

/** Resolves once `holds`; throws when it does not within `patience` milliseconds. */
export async function until(holds: () => Promise<boolean>, patience = 5_000): Promise<void> {
  const giveUpAt = Date.now() + patience
  while (!(await holds())) {
    if (Date.now() > giveUpAt) throw new Error(`in vain: ${String(holds)}`)
    await setImmediate()
  }
}
