import { isUtf8 } from 'node:buffer'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { breathe } from '../breathe'
import { errors } from '../errors'
import { isDeeperThan, maxDepth } from '../pure/json'

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as received, before parsing; empty if there was none. */
    bodyText: string
  }
}

const byteOrderMark = 0xefbbbf

/** Size in bytes from which parsing a body takes noticeable time. */
const largeBody = 64 * 1024

/** Accepts only JSON, and keeps the text beside the parsed value. */
export const jsonBody = fp(
  (app: FastifyInstance) => {
    app.decorateRequest('bodyText', '')
    takeJson(app, (bytes, request) => parseJson((request.bodyText = textOf(bytes, request))))
  },
  { name: 'json-body' },
)

/**
 * For a scope where every body is optional: zero bytes are no body, whatever the content type. Many clients send a
 * content type with every POST.
 */
export function optionalJsonBody(scope: FastifyInstance): void {
  scope.addHook('onRequest', ({ headers }, _reply, done) => {
    // Even an invalid content type is harmless without a body.
    if (headers['content-length'] === '0') delete headers['content-type']
    done()
  })
  takeJson(scope, (bytes, request) =>
    bytes.length === 0 ? undefined : parseJson((request.bodyText = textOf(bytes, request))),
  )
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, (request, bytes: Buffer, done) => {
    const isNone = bytes.length === 0 || request.is404
    done(isNone ? null : errors.wrongContentType(request.headers['content-type']))
  })
}

function takeJson(app: FastifyInstance, parse: (bytes: Buffer, request: FastifyRequest) => unknown) {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes: Buffer, done) => {
    const read = () => {
      try {
        // On an unknown path the error is the path, whatever the body. Many clients send a content type with every DELETE.
        const isNone = request.is404 || (bytes.length === 0 && request.method === 'DELETE')
        done(null, isNone ? undefined : parse(bytes, request))
      } catch (error) {
        done(error as Error)
      }
    }
    // One large body at a time: those of many clients together would hold up everyone else.
    if (bytes.length > largeBody) void breathe().then(read)
    else read()
  })
}

function textOf(bytes: Buffer, request: FastifyRequest): string {
  requireText(bytes, request)
  return bytes.toString()
}

/** Throws `emptyBody`, `encodedBody` or `malformedJson` unless `bytes` are uncompressed UTF-8. */
export function requireText(bytes: Buffer, { headers }: FastifyRequest): void {
  if (bytes.length === 0) throw errors.emptyBody()
  const encoding = headers['content-encoding']
  if (encoding !== undefined && encoding.trim().toLowerCase() !== 'identity') throw errors.encodedBody(encoding)
  if (!isUtf8(bytes)) throw errors.malformedJson('it is not UTF-8 text')
  if (bytes.readUIntBE(0, Math.min(3, bytes.length)) === byteOrderMark)
    throw errors.malformedJson('it begins with a byte order mark')
}

/** Plain `JSON.parse` is safe: it makes `__proto__` an own property, and the sandbox never assigns properties by name. */
function parseJson(json: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (error) {
    throw errors.malformedJson((error as Error).message)
  }
  if (isDeeperThan(maxDepth, value)) throw errors.nestedTooDeep(maxDepth)
  return value
}
