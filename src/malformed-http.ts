import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Deps } from './deps'
import { errorBody, errors, type SandboxError } from './errors'

/** Answers what Node's HTTP parser refused, in StackOne's body, and ends the connection. */
export function answerMalformedHttp(error: NodeJS.ErrnoException, socket: Socket, { clock, logger }: Deps): void {
  if (socket.writable) {
    const refusal = refusalFor(error)
    logger.warn({ status: refusal.statusCode, reason: refusal.message, hint: refusal.hint }, 'malformed request')
    socket.write(response(refusal, clock.now()))
  }
  socket.destroySoon()
}

function refusalFor(error: NodeJS.ErrnoException): SandboxError {
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') return errors.requestTooSlow()
  if (error.code === 'HPE_HEADER_OVERFLOW') return errors.headersTooLarge()
  return errors.malformedRequest(error.message)
}

function response(refusal: SandboxError, now: number): string {
  const body = JSON.stringify(errorBody(refusal, now))
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
