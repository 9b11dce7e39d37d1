import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { errorBody, errors, type SandboxError } from '../errors'
import { type LogDeps, logUnread } from './request-log'

const http2Preface = 'PRI * HTTP/2.0'
/** The first byte of a client that speaks TLS. */
const tlsHandshake = 0x16

/** A connection of Node's HTTP server, with the pending answer, if any. */
type Connection = Duplex & { bytesRead?: number; _httpMessage?: ServerResponse & { req: IncomingMessage } }

/**
 * Answers input that Node's HTTP parser refused, in StackOne's body, and ends the connection. Complete requests before
 * it get their answers first, since a pipelining client would take this answer for theirs.
 */
export function answerMalformedHttp(error: NodeJS.ErrnoException, connection: Connection, deps: LogDeps): void {
  const due = connection._httpMessage
  if (due?.req.complete) {
    due.once('close', () => setImmediate(answerMalformedHttp, error, connection, deps))
    return
  }
  // Browsers open spare connections. One that never sent anything gets no answer.
  if (connection.writable && connection.bytesRead !== 0) {
    const refusal = refusalFor(error)
    const body = JSON.stringify(errorBody(refusal, deps.clock.now()))
    logUnread(deps, refusal, body)
    connection.write(response(refusal, body))
  }
  connection.end(() => connection.destroy())
}

function refusalFor({ code, message, rawPacket }: NodeJS.ErrnoException & { rawPacket?: Buffer }): SandboxError {
  if (rawPacket?.toString('latin1', 0, http2Preface.length) === http2Preface) return errors.http2()
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return errors.requestTooSlow()
    case 'HPE_HEADER_OVERFLOW':
      return errors.headersTooLarge()
    case 'HPE_INVALID_METHOD':
      return errors.notHttp(message, rawPacket?.[0] === tlsHandshake)
    default:
      return errors.malformedRequest(message)
  }
}

function response(refusal: SandboxError, body: string): string {
  return [
    `HTTP/1.1 ${String(refusal.statusCode)} ${String(STATUS_CODES[refusal.statusCode])}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${String(Buffer.byteLength(body))}`,
    `x-sandbox-hint: ${refusal.hint}`,
    'connection: close',
    '',
    body,
  ].join('\r\n')
}
