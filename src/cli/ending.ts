import closeWithGrace from 'close-with-grace'
import { realNow } from '../real-time'
import { isRunByNpm, whenNpmEnds } from './npm'

/** Milliseconds from the first request to end until the process ends, come what may: without and with files to write. */
const patience = { usual: 1_900, toWrite: 60_000 }
/** Milliseconds within which npm repeats a signal that a terminal has sent to both, on a busy machine too. */
const echo = 1_000

/** What asks for an end in good order. */
const asking = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const
/** Signals of a crash: listening for them would make it loop. */
const leftToSystem = ['SIGQUIT', 'SIGILL', 'SIGTRAP', 'SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGSEGV', 'SIGUSR2'] as const

/** nohup has SIGHUP ignored, and Node undoes that. A shell leaves the name of what it runs behind, npm and Node do not. */
const isUnderNohup = () => String(process.env['_']).endsWith('/nohup')

/** Why the process ends: a signal, npm, or a defect. */
export interface Ending {
  signal?: string
  reason?: string
  err?: Error
}

/**
 * Calls `end` once when the process is to end, and ends it with 0, or with 1 after a defect. A second request ends it
 * at once.
 */
export function endInOrder(end: (ending: Ending) => Promise<void>, hasFileToWrite: boolean): void {
  const outlivesTerminal = isUnderNohup()
  const byNpm = isRunByNpm(process.env)
  let asked: Ending | undefined
  let askedAt = 0
  const { close } = closeWithGrace(
    { delay: hasFileToWrite ? patience.toWrite : patience.usual, logger: false, skip: [...asking, ...leftToSystem] },
    ({ err }): Promise<void> => {
      stopWatching()
      return end(err === undefined ? { ...asked } : { err })
    },
  )

  function ask(ending: Ending) {
    if (asked === undefined) {
      asked = ending
      askedAt = realNow()
      close()
    } else if (!byNpm || ending.signal !== asked.signal || realNow() > askedAt + echo) {
      process.exit(1)
    }
  }

  for (const signal of asking) {
    process.on(signal, () => {
      if (signal !== 'SIGHUP' || !outlivesTerminal) ask({ signal })
    })
  }
  const stopWatching =
    byNpm && !outlivesTerminal
      ? whenNpmEnds(() => {
          ask({ reason: 'npm, which ran the sandbox, has ended' })
        })
      : () => undefined
}
