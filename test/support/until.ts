import { setImmediate, setTimeout as sleep } from 'node:timers/promises'

/** Milliseconds between two looks. Without them a test would keep a processor busy that what it waits for needs. */
const pause = 5

/** Resolves once `holds`; throws when it does not within `patience` milliseconds, which a busy machine never needs. */
export async function until(holds: () => Promise<boolean>, patience = 60_000): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  // A look that never ends is in vain too; and it may be all that is left to keep the process from ending.
  const inVain = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`in vain: ${String(holds)}`))
    }, patience)
  })
  try {
    // Most need no longer than what is under way.
    for (let looks = 1; !(await Promise.race([holds(), inVain])); looks++)
      await (looks < 5 ? setImmediate() : sleep(pause))
  } finally {
    clearTimeout(timer)
  }
}
