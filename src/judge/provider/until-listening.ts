import { connect } from 'node:net'
import { passRealTime, realNow } from '../../real-time'
import type { Running } from '../command'
import { capital } from './post'

/** Milliseconds between two tries, and for one. */
const pause = 100
const patience = 1_000

/** Throws when something listens already where a command is to listen: it would be judged instead. */
export async function expectFree(urls: readonly string[]): Promise<void> {
  for (const url of urls)
    if (await accepts(url))
      throw new Error(`Something already listens at ${new URL(url).host}. Stop it, or leave out --command to judge it.`)
}

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
  while (realNow() < end) {
    signal.throwIfAborted()
    if ((await Promise.all(urls.map(accepts))).every(Boolean)) return
    const why = whyGone(running)
    if (why !== null) throw new Error(capital(why))
    await passRealTime(pause)
  }
}

/** Why the provider's command is gone, with what it wrote last; null while it runs, or if there is none. */
export function whyGone(running: Running | null): string | null {
  const how = running?.howGone() ?? null
  return how === null
    ? null
    : `the provider's command ${how}. It wrote:\n${String(running?.output()).slice(-mostOutput)}`
}

/** Characters of its output that a report shows. */
const mostOutput = 2_000

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
