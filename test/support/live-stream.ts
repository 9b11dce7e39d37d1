import type { Test } from 'tap'
import { type Live, LiveSchema } from '../../schemas/control/live'
import { violationsOf } from './sandbox'

/** Opens the live stream of the sandbox at `url` until the end of `t`. */
export async function watch(t: Test, url: string, query = '', headers: Record<string, string> = {}) {
  const away = new AbortController()
  const response = await fetch(`${url}/_sandbox/live${query}`, { headers, signal: away.signal })
  const leave = () => {
    away.abort()
  }
  t.teardown(leave)
  const messages = messagesOf(response)

  /** The next message; rejects once the stream has ended. */
  const next = async (): Promise<Live> => {
    const { value, done } = await messages.next()
    if (done) throw new Error('the stream has ended')
    const live = JSON.parse(value) as Live
    t.strictSame(violationsOf(LiveSchema, live), [])
    return live
  }
  return {
    response,
    leave,
    next,
    /** Skips to the first message that `fits`. */
    until: async (fits: (live: Live) => boolean): Promise<Live> => {
      for (;;) {
        const live = await next()
        if (fits(live)) return live
      }
    },
  }
}

async function* messagesOf({ body }: Response): AsyncGenerator<string, void> {
  if (body === null) return
  let text = ''
  const decoder = new TextDecoder()
  for await (const chunk of body) {
    const parts = (text + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n\n')
    text = parts.pop() ?? ''
    for (const part of parts) if (part.startsWith('data: ')) yield part.slice('data: '.length)
  }
}
