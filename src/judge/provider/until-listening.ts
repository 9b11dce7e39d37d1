import { connect } from 'node:net'
import { passRealTime, realNow } from '../../real-time'
import type { Running } from '../command'

/** Milliseconds between two tries, and for one. */
const pause = 100
const patience = 1_000

/**
 * Resolves once all addresses accept connections, or after `ms`: then the checks say what is wrong. Rejects when the command
 * that should listen there has ended.
 */
export async function untilListening(
  urls: readonly string[],
  running: Running | null,
  { ms, signal }: { ms: number; signal: AbortSignal },
): Promise<void> {
  const end = realNow() + ms
  const exit = running?.ended.then(
    ({ code, signal: by }) => `ended with ${by ?? `code ${String(code)}`}`,
    (error: unknown) => `could not be started: ${(error as Error).message}`,
  )
  let reason: string | undefined
  void exit?.then((why) => (reason = why))
  while (realNow() < end) {
    signal.throwIfAborted()
    if ((await Promise.all(urls.map(accepts))).every(Boolean)) return
    if (reason !== undefined)
      throw new Error(`The provider's command ${reason}. It wrote:\n${String(running?.output())}`)
    await passRealTime(pause)
  }
}

/** Whether something listens at `url`. */
function accepts(url: string): Promise<boolean> {
  const { hostname, port, protocol } = new URL(url)
  return new Promise((resolve) => {
    const socket = connect({
      host: hostname.replace(/^\[(.*)\]$/, '$1'),
      port: Number(port) || (protocol === 'https:' ? 443 : 80),
      timeout: patience,
    })
    const answer = (isThere: boolean) => () => {
      socket.destroy()
      resolve(isThere)
    }
    socket.once('connect', answer(true)).once('timeout', answer(false)).once('error', answer(false))
  })
}
