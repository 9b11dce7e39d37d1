import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { AccountQuerySchema, ControlOrderSchema } from '../../../schemas/control'
import { OrderRequestSchema } from '../../../schemas/order'
import { usableAccount } from '../../config'
import { createOrder } from '../../control/orders'
import type { Deps } from '../../deps'
import { whyRefused } from '../../plugins/account'
import { publicOrigin } from '../public-origin'

/** `POST /_sandbox/orders`: an order as if a recruiter had clicked in the ATS. */
export const ordersRoutes: FastifyPluginCallbackTypebox<{ deps: Deps }> = (api, { deps }, done) => {
  const originFor = publicOrigin(deps.config.publicUrl)

  api.post(
    '/orders',
    {
      schema: {
        summary: 'Order an assessment as a recruiter',
        tags: ['Sandbox'],
        querystring: AccountQuerySchema,
        body: OrderRequestSchema,
        response: { 201: ControlOrderSchema },
      },
    },
    async (request, reply) => {
      const accountId = request.accountId || usableAccount(deps.config)
      // With every account disabled, none is usable.
      const refusal = whyRefused(accountId, deps.config.accounts)
      if (refusal !== undefined) throw refusal
      const order = await createOrder(deps, { accountId, given: request.body, origin: originFor(request) })
      request.accountId = accountId
      request.orderId = order.id
      return reply.code(201).send(order)
    },
  )
  done()
}
