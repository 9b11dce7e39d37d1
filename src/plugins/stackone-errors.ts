import type { FastifyInstance, FastifyReply } from 'fastify'
import fp from 'fastify-plugin'
import type { Logger } from 'pino'
import type { Clock } from '../clock'
import { errorBody, type SandboxError } from '../errors'
import { toSandboxError } from '../http/framework-errors'
import { keepPaths, nothingHere } from './nothing-here'

/** Answers every error, unknown paths included, in StackOne's body, with `x-sandbox-hint` beside it. */
export const stackoneErrors = fp<{ clock: Clock; logger: Logger }>((app: FastifyInstance, { clock, logger }) => {
  app.setErrorHandler((error, request, reply) => {
    const refusal = toSandboxError(error, request)
    if (refusal.statusCode === 500) logger.error(error, 'defect')
    return answer(refusal, reply, clock)
  })

  keepPaths(app)
  app.setNotFoundHandler((request, reply) => answer(nothingHere(request), reply, clock))
})

/** Renders `error` in StackOne's body. */
export function answer(error: SandboxError, reply: FastifyReply, clock: Clock): FastifyReply {
  reply.refusal = error
  return reply.code(error.statusCode).header('x-sandbox-hint', error.hint).send(errorBody(error, clock.now()))
}
