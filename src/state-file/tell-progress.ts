import type { Logger } from 'pino'
import { realNow } from '../real-time'

/** Milliseconds of real time between two lines of the log. */
const between = 2_000

/** Returns a function that logs how much of `file` is read, from 0 to 1, if that takes long. */
export function progressOf(file: string, logger: Logger, now: () => number = realNow): (share: number) => void {
  let toldAt = now()
  return (share) => {
    if (now() - toldAt < between) return
    toldAt = now()
    logger.info({ file }, `reading the state: ${String(Math.floor(share * 100))} %`)
  }
}
