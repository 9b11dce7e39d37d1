import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Logger } from 'pino'
import type { Clock } from '../clock'
import { errorBody, errors, type SandboxError } from '../errors'
import { toSandboxError } from '../framework-errors'
import { pathOf } from '../request-path'
import { methodsOfStackone } from '../stackone-operations'

/** Answers every error, unknown paths included, in StackOne's body, with `x-sandbox-hint` beside it. */
export const stackoneErrors = fp<{ clock: Clock; logger: Logger }>((app: FastifyInstance, { clock, logger }) => {
  app.setErrorHandler((error, request, reply) => {
    const refusal = toSandboxError(error, request)
    if (refusal.statusCode === 500) logger.error(error, 'defect')
    return answer(refusal, reply, clock)
  })

  app.setNotFoundHandler((request, reply) => answer(nothingHere(request), reply, clock))
})

/** Renders `error` in StackOne's body. */
export function answer(error: SandboxError, reply: FastifyReply, clock: Clock): FastifyReply {
  reply.refusal = error
  return reply.code(error.statusCode).header('x-sandbox-hint', error.hint).send(errorBody(error, clock.now()))
}

/** The error for a request that no route takes. */
export function nothingHere({ method, url, server }: FastifyRequest): SandboxError {
  const path = pathOf(url)
  const served = server.supportedMethods.filter((other) => Boolean(server.findRoute({ method: other, url: path })))
  if (served.length > 0) return errors.wrongMethod({ method, path, allowed: served })
  const known = methodsOfStackone(path)
  if (known.includes(method)) return errors.notEmulated(method, path)
  return known.length > 0 ? errors.wrongMethod({ method, path, allowed: known }) : errors.unknownPath(method, path)
}
