import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Envelope } from '../../../schemas/envelope'
import { OrderPlacedSchema, OrderRequestSchema, OrderSchema } from '../../../schemas/order'
import { IdParamsSchema, ReadQuerySchema } from '../../../schemas/queries'
import { asOrder, findOrder } from '../../assessments/find-order'
import { placeOrder } from '../../assessments/place-order'
import { testUrl } from '../../assessments/test-url'
import type { Deps } from '../../deps'
import { pick, rawOf } from './envelope'
import { publicOrigin } from '../public-origin'
import { withdrawn } from './withdrawn'

/** `POST /orders` orders an assessment, `GET /orders/{id}` reads what was ordered. */
export const ordersRoutes: FastifyPluginCallbackTypebox<{ deps: Deps }> = (api, { deps }, done) => {
  const originFor = publicOrigin(deps.config.publicUrl)

  api.post(
    '/orders',
    {
      config: { operation: 'orders.create' },
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
        requestId: request.id,
      })
      request.orderId = order.id
      return { id: order.id, remote_id: order.remoteId, test_url: testUrl(order) }
    },
  )

  api.get(
    '/orders/:id',
    {
      config: { operation: 'orders.get' },
      schema: {
        operationId: 'ats_get_assessments_request',
        summary: 'Read an order',
        ...withdrawn,
        tags: ['Assessments'],
        params: IdParamsSchema,
        querystring: ReadQuerySchema,
        response: { 200: Envelope(OrderSchema, 'The order') },
      },
    },
    async (request) => {
      const { id } = request.params
      request.orderId = id
      const order = asOrder(await findOrder(deps.store, request.accountId, id))
      return {
        data: pick(order, request.query.fields),
        ...rawOf(request.query, `/orders/${encodeURIComponent(id)}`, order),
      }
    },
  )
  done()
}
