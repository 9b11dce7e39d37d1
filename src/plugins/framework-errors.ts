import type { FastifyRequest } from 'fastify'
import { errors, SandboxError } from '../errors'

/** The catalogue's entry for whatever was thrown while a request was served: ours, Fastify's, or a defect. */
export function toSandboxError(error: unknown, request: FastifyRequest): SandboxError {
  if (error instanceof SandboxError) return error
  const { code, statusCode, message } = error as Partial<Record<'code' | 'message', string> & { statusCode: number }>
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return errors.bodyTooLarge()
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return errors.wrongContentType(request.headers['content-type'])
    case 'FST_ERR_BAD_URL':
      return errors.malformedPath(request.url)
    case 'FST_BASIC_AUTH_MISSING_OR_BAD_AUTHORIZATION_HEADER':
      return refusedAuthorization(request.headers.authorization)
  }
  return statusCode !== undefined && statusCode < 500 ? errors.malformedRequest(String(message)) : errors.internal()
}

function refusedAuthorization(header: string | undefined): SandboxError {
  if (header === undefined) return errors.missingAuthorization()
  const [scheme, encoded] = header.trim().split(/\s+/, 2)
  if (scheme?.toLowerCase() !== 'basic' || encoded === undefined) return errors.malformedAuthorization()
  return Buffer.from(encoded, 'base64').includes(':') ? errors.malformedAuthorization() : errors.keyWithoutColon()
}
