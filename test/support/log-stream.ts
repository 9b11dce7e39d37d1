import { Writable } from 'node:stream'
import type { Test } from 'tap'
import { keepIfFailed } from './failures'

/** A stream that records what a sandbox of `t` logs, as a terminal if `isTTY`. */
export function logStream(t: Test, isTTY = false) {
  const chunks: string[] = []
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk.toString())
      done()
    },
  })
  const out = Object.assign(stream, { isTTY }) as unknown as NodeJS.WriteStream
  const text = () => chunks.join('')
  keepIfFailed(t, 'log', text)
  const lines = () =>
    text()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
  return { out, chunks, text, lines }
}
