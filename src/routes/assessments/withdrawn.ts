import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Envelope } from '../../../schemas/envelope'
import { OrderSchema } from '../../../schemas/order'
import { IdParamsSchema, ReadQuerySchema } from '../../../schemas/queries'
import { ResultSchema } from '../../../schemas/result'
import { asOrder, findOrder } from '../../assessments/find-order'
import { readResult } from '../../assessments/read-result'
import type { Deps } from '../../deps'
import { pick, rawOf } from '../envelope'

/** How the OpenAPI document marks a read that StackOne has withdrawn (docs/contract.md: Operations). */
const withdrawn = {
  deprecated: true,
  description:
    'StackOne has withdrawn this read: it is in none of its documents any more. The sandbox still answers it',
}

/** `GET /orders/{id}` and `GET /orders/{id}/results`: reads that only assessments ever had. */
export const withdrawnReads: FastifyPluginCallbackTypebox<{ deps: Deps }> = (api, { deps }, done) => {
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

  api.get(
    '/orders/:id/results',
    {
      config: { operation: 'results.get' },
      schema: {
        operationId: 'ats_get_assessments_result',
        summary: 'Read the result of an order',
        ...withdrawn,
        tags: ['Assessments'],
        params: IdParamsSchema,
        querystring: ReadQuerySchema,
        response: { 200: Envelope(ResultSchema, 'The result') },
      },
    },
    async (request) => {
      request.orderId = request.params.id
      const order = await findOrder(deps.store, request.accountId, request.params.id, 'assessment')
      request.orderId = order.id
      const result = readResult(order)
      return {
        data: pick(result, request.query.fields),
        ...rawOf(request.query, `/orders/${encodeURIComponent(order.id)}/results`, result),
      }
    },
  )
  done()
}
