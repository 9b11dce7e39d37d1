import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Logger } from 'pino'
import type { Clock } from '../clock'
import { errorBody, type SandboxError } from '../errors'
import { toSandboxError } from '../http/framework-errors'
import { keepPaths, nothingHere } from './nothing-here'

declare module 'fastify' {
  interface FastifyReply {
    /** The error in the answer; null on success. */
    refusal: SandboxError | null
  }
}

/** Writes the answer to a refused request in the form that clients of a scope expect. The status is set already. */
export type Render = (refusal: SandboxError, reply: FastifyReply, request: FastifyRequest) => unknown

/** Answers all errors, including unknown paths, in StackOne's body. */
export const errorAnswers = fp<{ clock: Clock; logger: Logger }>(
  (app: FastifyInstance, { clock, logger }) => {
    app.decorateReply('refusal', null)
    keepPaths(app)
    answerErrors(app, logger, stackoneBody(clock))
    answerUnknownPaths(app, stackoneBody(clock))
  },
  { name: 'error-answers' },
)

/** Answers errors thrown in `scope`. Logs a defect with its stack. */
export function answerErrors(scope: FastifyInstance, logger: Logger, render: Render): void {
  scope.setErrorHandler((error, request, reply) => {
    const refusal = toSandboxError(error, request)
    if (refusal.statusCode === 500) logger.error(error, 'defect')
    return refuse(refusal, reply, request, render)
  })
}

/** Answers requests below the prefix of `scope` that match no route. */
export function answerUnknownPaths(scope: FastifyInstance, render: Render): void {
  scope.setNotFoundHandler((request, reply) => refuse(nothingHere(request), reply, request, render))
}

/** Answers with `refusal`, and records it for the log and the journal. */
export function refuse(refusal: SandboxError, reply: FastifyReply, request: FastifyRequest, render: Render): unknown {
  reply.refusal = refusal
  void reply.code(refusal.statusCode)
  return render(refusal, reply, request)
}

/** StackOne's body. The hint is in `x-sandbox-hint`. */
export const stackoneBody =
  ({ now }: Pick<Clock, 'now'>): Render =>
  (refusal, reply) =>
    reply.header('x-sandbox-hint', refusal.hint).send(errorBody(refusal, now()))

/** As `stackoneBody`, with the hint and further details in the body too. */
export const controlBody =
  ({ now }: Pick<Clock, 'now'>): Render =>
  (refusal, reply) => {
    const { hint, details } = refusal
    return reply.header('x-sandbox-hint', hint).send({ ...errorBody(refusal, now()), hint, ...details })
  }
