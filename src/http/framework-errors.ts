import type { FastifyError, FastifyRequest } from 'fastify'
import { errors, SandboxError } from '../errors'
import { pathOf } from './request-path'

/** The catalogue's error for anything thrown while serving a request: one of ours, one of Fastify's, or a defect. */
export function toSandboxError(error: unknown, request: FastifyRequest): SandboxError {
  const { code, statusCode, message, validationContext } = error as Partial<FastifyError>
  // Fastify validates a missing body too.
  if (validationContext === 'body' && request.body === undefined) return errors.emptyBody()
  if (error instanceof SandboxError) return error
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return request.routeOptions.url === '/_sandbox/snapshot' ? errors.snapshotTooLarge() : errors.bodyTooLarge()
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return errors.wrongContentType(request.headers['content-type'])
    case 'FST_ERR_BAD_URL':
      return errors.malformedPath(pathOf(request.url))
    case 'FST_BASIC_AUTH_MISSING_OR_BAD_AUTHORIZATION_HEADER':
      return request.headers.authorization === undefined
        ? errors.missingAuthorization()
        : errors.malformedAuthorization()
  }
  return statusCode !== undefined && statusCode < 500 ? errors.malformedRequest(String(message)) : errors.internal()
}
