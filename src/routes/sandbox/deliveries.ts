import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { ControlDeliverySchema, DeliveryListSchema, DeliveryQuerySchema } from '../../../schemas/control'
import { IdParamsSchema } from '../../../schemas/queries'
import { showDelivery } from '../../control/deliveries'
import type { Deps } from '../../deps'

/** `GET /_sandbox/deliveries` lists what was and is to be sent outward, `POST …/{id}/replay` sends it once more. */
export const deliveriesRoutes: FastifyPluginCallbackTypebox<{ deps: Deps }> = (api, { deps: { deliveries } }, done) => {
  api.get(
    '/deliveries',
    {
      schema: {
        summary: 'List deliveries, newest first',
        tags: ['Sandbox'],
        querystring: DeliveryQuerySchema,
        response: { 200: DeliveryListSchema },
      },
    },
    async ({ accountId, query: { orderId, status, limit = 100 } }) => {
      const found = await deliveries.list({ accountId: accountId || undefined, orderId, status, limit })
      return { deliveries: found.deliveries.map(showDelivery), dropped: found.dropped }
    },
  )

  api.post(
    '/deliveries/:id/replay',
    {
      schema: {
        summary: 'Send a delivery once more',
        tags: ['Sandbox'],
        params: IdParamsSchema,
        response: { 202: ControlDeliverySchema },
      },
    },
    async (request, reply) => reply.code(202).send(showDelivery(await deliveries.replay(request.params.id))),
  )
  done()
}
