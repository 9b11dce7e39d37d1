import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import type { Deps } from '../../deps'
import { errorBody, type SandboxError } from '../../errors'
import { toSandboxError } from '../../framework-errors'
import { controlAccount } from '../../plugins/control-account'
import { nothingHere } from '../../plugins/stackone-errors'
import { deliveriesRoutes } from './deliveries'
import { ordersRoutes } from './orders'
import { webhooksRoutes } from './webhooks'

/** What a test or a person can do to the sandbox. Its errors say what to do in the body too. */
export const controlApi: FastifyPluginAsync<{ deps: Deps }> = async (api, { deps }) => {
  function answer(refusal: SandboxError, reply: FastifyReply) {
    const { statusCode, hint } = refusal
    reply.refusal = refusal
    return reply
      .code(statusCode)
      .header('x-sandbox-hint', hint)
      .send({ ...errorBody(refusal, deps.clock.now()), hint })
  }
  api.setErrorHandler((error, request, reply) => {
    const refusal = toSandboxError(error, request)
    if (refusal.statusCode === 500) deps.logger.error(error, 'defect')
    return answer(refusal, reply)
  })
  api.setNotFoundHandler((request, reply) => answer(nothingHere(request), reply))

  // Everything has a default here, so that `curl -X POST` without a body does.
  api.addHook('preValidation', (request, _reply, done) => {
    if (request.method === 'POST' && request.body === undefined) request.body = {}
    done()
  })
  await api.register(controlAccount, { accounts: deps.config.accounts })
  await api.register(ordersRoutes, { deps })
  await api.register(deliveriesRoutes, { deps })
  await api.register(webhooksRoutes, { deps })
}
