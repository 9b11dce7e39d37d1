import { readFileSync } from 'node:fs'
import { afterRealTime } from '../real-time'

/** Milliseconds between two looks at who is still there. */
const pause = 200

/** A script that starts the sandbox, in a package or in this repository. */
const startsSandbox = /\bassessments-sandbox\b|\bscripts\/start\.js\b/
/** A script that leaves something running on purpose. A lone & may also stand in quotes, and then it does no harm. */
const detaches = /(?<![&>])&(?!&)|\b(nohup|setsid|disown)\b/

/** Whether npm, or a tool like it, runs the sandbox in the foreground, and is expected to take it along when it ends. */
export const isRunByNpm = ({ npm_lifecycle_script: script = '' }: NodeJS.ProcessEnv): boolean =>
  startsSandbox.test(script) && !detaches.test(script)

/**
 * Calls `ended` when npm, which runs this process, has ended. npm passes signals to its shell at most, and some shells
 * end without passing them on. Returns a function that calls it off.
 */
export function whenNpmEnds(ended: () => void): () => void {
  const parent = process.ppid
  // A shell that has replaced itself by this process leaves npm as the parent.
  const npm = isShell(parent) ? parentOf(parent) : null
  const isThere = () => process.ppid === parent && (npm === null || parentOf(parent) === npm)

  let callOff: () => void
  function look() {
    callOff = afterRealTime(pause, () => {
      if (isThere()) look()
      else ended()
    })
  }
  look()
  return () => {
    callOff()
  }
}

/** Whether process `pid` is a shell that runs a text. Where the system has no /proc, shells replace themselves. */
const isShell = (pid: number) =>
  read(`/proc/${String(pid)}/cmdline`)
    .split('\0')
    .includes('-c')

/** The parent of process `pid`; NaN when it is gone, or nothing is known about it. The name of a process may hold anything. */
export const parentOf = (pid: number): number => Number(/.*\) \S+ (\d+)/s.exec(read(`/proc/${String(pid)}/stat`))?.[1])

function read(file: string): string {
  try {
    return readFileSync(file, 'latin1')
  } catch {
    return ''
  }
}
