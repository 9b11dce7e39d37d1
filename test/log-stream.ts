import { PassThrough } from 'node:stream'

/** A stream that remembers what is written to it, as a terminal if asked. */
export function logStream(isTTY = false) {
  const out = Object.assign(new PassThrough(), { isTTY }) as unknown as NodeJS.WriteStream
  let text = ''
  out.on('data', (chunk: Buffer) => (text += chunk.toString()))
  return { out, text: () => text }
}
