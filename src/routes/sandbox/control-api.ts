import type { FastifyPluginAsync } from 'fastify'
import type { Deps } from '../../deps'
import { errorBody } from '../../errors'
import { toSandboxError } from '../../framework-errors'
import { controlAccount } from '../../plugins/control-account'
import { deliveriesRoutes } from './deliveries'
import { ordersRoutes } from './orders'
import { webhooksRoutes } from './webhooks'

/** What a test or a person can do to the sandbox. Its errors say what to do in the body too. */
export const controlApi: FastifyPluginAsync<{ deps: Deps }> = async (api, { deps }) => {
  api.setErrorHandler((error, request, reply) => {
    const refusal = toSandboxError(error, request)
    if (refusal.statusCode === 500) deps.logger.error(error, 'defect')
    reply.refusal = refusal
    const { hint } = refusal
    void reply.code(refusal.statusCode).header('x-sandbox-hint', hint)
    return reply.send({ ...errorBody(refusal, deps.clock.now()), hint })
  })
  await api.register(controlAccount, { accounts: deps.config.accounts })
  await api.register(ordersRoutes, { deps })
  await api.register(deliveriesRoutes, { deps })
  await api.register(webhooksRoutes, { deps })
}
