import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { OrderPlacedSchema, OrderRequestSchema } from '../../../schemas/order'
import { placeOrder } from '../../assessments/place-order'
import type { Deps } from '../../deps'
import { publicOrigin } from './public-origin'

/** `POST /orders`: orders an assessment. */
export const ordersRoutes: FastifyPluginCallbackTypebox<{ deps: Deps }> = (api, { deps }, done) => {
  const originFor = publicOrigin(deps.config.publicUrl)

  api.post(
    '/orders',
    {
      schema: {
        operationId: 'ats_order_assessments_request',
        summary: 'Order an assessment for a candidate',
        tags: ['Assessments'],
        body: OrderRequestSchema,
        response: { 200: OrderPlacedSchema },
      },
    },
    async (request) => {
      const order = await placeOrder(deps, {
        accountId: request.accountId,
        request: request.body,
        requestText: request.bodyText,
        origin: originFor(request),
      })
      request.orderId = order.id
      return { id: order.id, remote_id: order.remoteId, test_url: `${order.origin}/tests/${order.token}` }
    },
  )
  done()
}
