import { get as httpGet } from 'node:http'
import { parsedJson } from '../pure/json'
import { passRealTime, realNow } from '../real-time'

/** Milliseconds that an answer may take, and between two tries. */
const patience = 2_000
const pause = 100
const silence = 'no answer in time'

/** Whether the sandbox at `url` answers. Prints why not. */
export async function isHealthy(url: string): Promise<boolean> {
  const problem = await whyNot(`${url}/_sandbox/health`, patience)
  if (problem !== null) process.stderr.write(`No healthy sandbox on ${hostOf(url)}: ${problem}\n`)
  return problem === null
}

/** Whether the sandbox is ready within `seconds`, at the address that `findUrl` says each time. Prints why not. */
export async function isReadyWithin(seconds: number, findUrl: () => string): Promise<boolean> {
  const end = realNow() + seconds * 1000
  const left = () => Math.max(end - realNow(), 0)
  let reason = silence
  for (;;) {
    const url = findUrl()
    const ms = Math.min(patience, left() + pause)
    const problem = await whyNot(`${url}/_sandbox/health/ready`, ms)
    if (problem === null) return true
    // A last try that is cut short knows less than the one before.
    if (problem !== silence || ms === patience) reason = problem
    if (left() === 0) {
      process.stderr.write(`No sandbox on ${hostOf(url)} was ready within ${String(seconds)} seconds: ${reason}\n`)
      return false
    }
    await passRealTime(Math.min(pause, left()))
  }
}

/** No secret is sent, and the sandbox's own certificate is often one that nothing on this machine trusts. */
const trust = { rejectUnauthorized: false }

/** Why `url` is not answered with 200 within `ms`; null when it is. */
function whyNot(url: string, ms: number): Promise<string | null> {
  const get = url.startsWith('https:') ? (require('node:https') as typeof import('node:https')).get : httpGet
  return new Promise((resolve) => {
    const request = get(url, { timeout: ms, ...trust }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
      response.on('end', () => {
        const { statusCode } = response
        resolve(
          statusCode === 200
            ? null
            : (reasonIn(body) ?? `answered with ${String(statusCode)}, so it is something else`),
        )
      })
    })
    request.on('timeout', () => request.destroy(new Error(silence)))
    request.on('error', ({ message }) => {
      resolve(message.replace(/\s+/g, ' ').trim())
    })
  })
}

/** Why a sandbox is not ready, as it says itself. */
const reasonIn = (body: string) => (parsedJson(body) as { reason?: string } | undefined)?.reason

const hostOf = (url: string) => new URL(url).host
