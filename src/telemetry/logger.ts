import { type Logger, pino } from 'pino'
import type { LogLevel } from '../options'

/** Maximum bytes of log lines to buffer for a slow reader. Further lines are dropped and counted. */
const mostUnread = 16 * 1024 * 1024

/** A logger that writes to `out`: readable lines on a terminal, JSON lines otherwise. */
export function createLogger(level: LogLevel, out: NodeJS.WriteStream): Logger {
  if (level !== 'silent' && out.isTTY) {
    const { terminalLines } = require('./terminal') as typeof import('./terminal')
    return pino({ level, base: null }, terminalLines(out))
  }
  return pino({ level, base: null }, batched(out))
}

/**
 * Writes the lines of one turn of the event loop together, and through the stream: on the file descriptor, a reader
 * that has stopped reading a pipe would block the process, even at its exit.
 */
export function batched(out: NodeJS.WritableStream & { writableLength: number }): { write(line: string): void } {
  let waiting = ''
  let dropped = 0

  function flush() {
    const lines = waiting
    waiting = ''
    if (out.writableLength + lines.length > mostUnread) {
      dropped += lines.split('\n').length - 1
      return
    }
    if (dropped > 0)
      out.write(`${JSON.stringify({ level: 40, msg: 'log lines dropped: nobody read them', dropped })}\n`)
    dropped = 0
    out.write(lines)
  }

  return {
    write(line) {
      if (waiting === '') setImmediate(flush)
      waiting += line
    },
  }
}
