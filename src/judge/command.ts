import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { passRealTime, realNow } from '../real-time'

/** How a command ended: its exit code, or the signal. */
export interface Ended {
  code: number | null
  signal: NodeJS.Signals | null
}

/** A command of the user's that runs. */
export interface Running {
  /** Rejects with Node's error when it can't be started. */
  ended: Promise<Ended>
  /** The end of what it has written, 64 KiB at most. */
  output(): string
  /** How it ended, as the rest of a sentence; null while it, or something that it started, runs. */
  howGone(): string | null
  /** Ends it, with all that it has started. Resolves once they are gone. */
  end(): Promise<void>
}

/** Milliseconds that processes get to end by themselves, and between two looks. */
const grace = 5_000
const pause = 50
const mostOutput = 64 * 1024
/** In the environment of whatever the command starts, so that it is found again. */
const marker = 'ASSESSMENTS_SANDBOX_JUDGE'

/**
 * Starts a command with `env` beside this process's environment. A text is run by the shell, a list as it is. `id` tells
 * it from the others of this process.
 */
export function startCommand(command: string | readonly string[], env: Record<string, string>, id: string): Running {
  const mark = `${String(process.pid)}-${id}`
  const options = {
    env: { ...process.env, ...env, [marker]: mark },
    // A group of its own, which can be ended as a whole.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'],
  }
  const [file = '', ...args] = typeof command === 'string' ? [command] : command
  const child = spawn(file, args, { ...options, shell: typeof command === 'string' })
  let written = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (written = (written + text).slice(-mostOutput)))
  let how: string | null = null
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', (error) => {
      how = `could not be started: ${error.message}`
      reject(error)
    })
    child.once('exit', (code, signal) => {
      how = `ended with ${signal ?? `code ${String(code)}`}`
      resolve({ code, signal })
    })
  })
  // Somebody may only be interested in whether it answers.
  ended.catch(() => undefined)
  return {
    ended,
    output: () => written,
    howGone: () => (how !== null && isThere(child.pid, mark) ? null : how),
    end: () => endAll(child, mark),
  }
}

async function endAll({ pid }: ChildProcess, mark: string): Promise<void> {
  if (pid === undefined) return
  signal(pid, mark, 'SIGTERM')
  await untilGone(pid, mark)
  signal(pid, mark, 'SIGKILL')
  await untilGone(pid, mark)
}

/** Waits no longer than that, so that nothing can hold up the end. */
async function untilGone(pid: number, mark: string): Promise<void> {
  const end = realNow() + grace
  while (isThere(pid, mark) && realNow() < end) await passRealTime(pause)
}

/** Signals the group, and what has left it. */
function signal(pid: number, mark: string, name: NodeJS.Signals): void {
  for (const each of [-pid, ...tried(() => marked(mark), [])]) trySignal(each, name)
}

/** Whether something of the command runs. Without a /proc, dead processes count that nobody has collected. */
const isThere = (pid: number | undefined, mark: string) =>
  pid !== undefined && tried(() => marked(mark).length > 0, trySignal(-pid, 0))

/** Whether there was something to signal. */
const trySignal = (pid: number, name: NodeJS.Signals | 0): boolean => tried(() => process.kill(pid, name), false)

/** The processes that run for the command. Throws where the system has no /proc. */
const marked = (mark: string): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => environmentOf(pid).includes(`${marker}=${mark}`))
    .map(Number)

/** What a process was started with; empty when it has ended, or is somebody else's. */
const environmentOf = (pid: string): string[] =>
  tried(() => readFileSync(`/proc/${pid}/environ`, 'utf8'), '').split('\0')

function tried<T>(read: () => T, otherwise: T): T {
  try {
    return read()
  } catch {
    return otherwise
  }
}
