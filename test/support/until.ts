import { setImmediate, setTimeout as sleep } from 'node:timers/promises'

/** Milliseconds between two checks. Without a pause, a test would take processor time from what it waits for. */
const pause = 5

/** Resolves once `holds` is true; rejects after `patience` milliseconds, more than a busy machine ever needs. */
export async function until(holds: () => Promise<boolean>, patience = 60_000): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  // Also ends a check that hangs, and keeps the process alive if nothing else does.
  const inVain = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`timed out: ${String(holds)}`))
    }, patience)
  })
  try {
    // Most conditions hold within a few turns of the event loop. Of two that are settled, the first wins the race: a check
    // that is always settled would never time out.
    for (let looks = 1; !(await Promise.race([inVain, holds()])); looks++)
      await (looks < 5 ? setImmediate() : sleep(pause))
  } finally {
    clearTimeout(timer)
  }
}
