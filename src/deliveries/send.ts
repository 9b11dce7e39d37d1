import {
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as requestByHttp,
  type RequestOptions,
} from 'node:http'
import type { LookupFunction, TcpSocketConnectOpts } from 'node:net'
import { afterRealTime } from '../real-time'
import { version } from '../version'
import type { AllowedTarget } from './target-policy'

/** Maximum number of bytes read of an answer, unless the caller needs more. */
const mostOfAnswer = 64 * 1024
export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  /** The beginning of the answer's body. */
  body: string
  /** Whether the body is longer. */
  isCut: boolean
}

export interface Message {
  method: string
  headers: Record<string, string>
  body: string
}

/** The headers of a request with `body` to `url`, as they are sent; `own` are added. */
export const headersFor = (url: URL, body: string, own: Record<string, string>): Record<string, string> => ({
  host: url.host,
  'content-type': 'application/json',
  'content-length': String(Buffer.byteLength(body)),
  'user-agent': `stackone-assessments-sandbox/${version}`,
  connection: 'close',
  ...own,
})

/**
 * Sends `message` to `target`, dialling only the addresses that were checked. The answer counts once its status is
 * there: the rest, of which at most `most` bytes are read, may break off. Rejects with an Error about the receiver when there
 * is no answer within `timeout` milliseconds of real time, whatever the sandbox's clock says, or when `signal` aborts.
 */
export function send(
  target: AllowedTarget,
  message: Message,
  timeout: number,
  signal: AbortSignal,
  most = mostOfAnswer,
): Promise<Answer> {
  const request = target.url.protocol === 'https:' ? requestByHttps() : requestByHttp
  const body = Buffer.from(message.body)
  const options: RequestOptions & Pick<TcpSocketConnectOpts, 'autoSelectFamily'> = {
    method: message.method,
    // One connection per delivery: a kept one may be closed when it is needed, which would look like the receiver's
    // fault.
    agent: false,
    // Makes Node ask for all addresses, and try one after the other.
    autoSelectFamily: true,
    lookup: lookupOf(target),
    signal,
    headers: message.headers,
  }
  return new Promise((resolve, reject) => {
    let answer: IncomingMessage | undefined
    const chunks: Buffer[] = []
    const outgoing = request(target.url, options)

    const callOff = afterRealTime(timeout, () => {
      outgoing.destroy()
      end(new Error(`no answer within ${String(timeout / 1000)} s`))
    })
    function end(error: Error) {
      callOff()
      if (answer === undefined) reject(error)
      else resolve(asAnswer(answer, chunks, most))
    }
    // Redirects arrive here too: they are not followed.
    outgoing.once('response', (response) => {
      answer = response
      let read = 0
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        read += chunk.length
        if (read > most) response.destroy()
      })
      response.on('error', () => undefined)
    })
    outgoing.once('upgrade', (_response, socket) => {
      socket.destroy()
      end(new Error(`${target.url.host} tried to switch to another protocol`))
    })
    outgoing.on('error', (error) => {
      end(new Error(inWords(error, target.url)))
    })
    outgoing.once('close', () => {
      end(new Error(`${target.url.host} closed the connection`))
    })
    outgoing.end(body)
  })
}

/** Loaded on first use: most receivers in a sandbox have no certificate. */
const requestByHttps = () => (require('node:https') as typeof import('node:https')).request

const lookupOf =
  ({ addresses }: AllowedTarget): LookupFunction =>
  (_hostname, _options, done) => {
    done(null, [...addresses])
  }

function asAnswer({ statusCode = 0, headers }: IncomingMessage, chunks: readonly Buffer[], most: number): Answer {
  const body = Buffer.concat(chunks)
  return {
    status: statusCode,
    headers,
    body: body.toString('utf8', 0, most),
    isCut: body.length > most,
  }
}

/** The error, in words about the receiver. */
export function inWords(error: NodeJS.ErrnoException, { hostname, host }: URL): string {
  switch (error.code) {
    case 'ECONNREFUSED':
      return `nothing listens at ${host}`
    case 'ECONNRESET':
    case 'EPIPE':
      return `${host} closed the connection`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${hostname} could not be resolved`
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      // Node's message lists the names in the certificate, which are the receiver's.
      return `the certificate of ${host} is for another name`
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return `the certificate of ${host} is not trusted: name the file of its authority in NODE_EXTRA_CA_CERTS`
    default:
      return error.code?.startsWith('HPE_') ? `${host} did not answer with HTTP: ${error.message}` : error.message
  }
}
