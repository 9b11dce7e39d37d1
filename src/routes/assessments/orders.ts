import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Envelope } from '../../../schemas/envelope'
import { OrderPlacedSchema, type OrderRequest, OrderRequestSchema, OrderSchema } from '../../../schemas/order'
import { IdParamsSchema, ReadQuerySchema } from '../../../schemas/queries'
import { asOrder, findOrder, testUrl } from '../../assessments/find-order'
import { unknownPackage } from '../../assessments/find-package'
import { placeOrder } from '../../assessments/place-order'
import type { Deps } from '../../deps'
import type { RepeatedOrders } from '../../options'
import { warn } from '../../plugins/warnings'
import { warningsOf } from '../../warnings'
import { publicOrigin } from '../public-origin'
import { pick, rawOf } from './envelope'
import { withdrawn } from './withdrawn'

/** `POST /orders` orders an assessment, `GET /orders/{id}` reads an order. */
export const ordersRoutes: FastifyPluginCallbackTypebox<{ deps: Deps }> = (api, { deps }, done) => {
  const originFor = publicOrigin(deps.config.publicUrl)
  const ofRepeat = repeated(deps.config.repeatedOrders)

  api.post(
    '/orders',
    {
      config: { operation: 'orders.create', suspect: ({ body }) => unknownPackage(deps, body as OrderRequest) },
      schema: {
        operationId: 'ats_order_assessments_request',
        summary: 'Order an assessment for a candidate',
        tags: ['Assessments'],
        body: OrderRequestSchema,
        response: { 200: OrderPlacedSchema },
      },
    },
    async (request, reply) => {
      const { order, isRepeat } = await placeOrder(deps, {
        kind: 'assessment',
        accountId: request.accountId,
        request: request.body,
        requestText: request.bodyText,
        origin: originFor(request),
        requestId: request.id,
      })
      request.orderId = order.id
      if (isRepeat) warn(request, reply, ofRepeat)
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
      request.orderId = request.params.id
      const found = await findOrder(deps.store, request.accountId, request.params.id, 'assessment')
      request.orderId = found.id
      const order = asOrder(found)
      return {
        data: pick(order, request.query.fields),
        ...rawOf(request.query, `/orders/${encodeURIComponent(found.id)}`, order),
      }
    },
  )
  done()
}

const repeated = (become: RepeatedOrders) =>
  warningsOf({
    path: 'body/id',
    message: `body/id is that of an earlier order, and this one is ${become === 'same' ? 'answered as the same' : 'made as a new one'}: what StackOne does with a repeat is not documented, so do not build on it`,
  })
