import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Envelope } from '../../../schemas/envelope'
import { IdParamsSchema, ReadQuerySchema } from '../../../schemas/queries'
import { ResultSchema, ResultUpdatedSchema, ResultUpdateSchema } from '../../../schemas/result'
import { findOrder } from '../../assessments/find-order'
import { readResult } from '../../assessments/read-result'
import { recordResult } from '../../assessments/record-result'
import { isoTime } from '../../date-time'
import type { Deps } from '../../deps'
import { warn } from '../../plugins/warnings'
import { pick, rawOf } from './envelope'
import { withdrawn } from './withdrawn'

/** `PATCH /orders/{id}/result` and `GET /orders/{id}/results`: the result of an order. */
export const resultsRoutes: FastifyPluginCallbackTypebox<{ deps: Deps }> = (api, { deps }, done) => {
  api.patch(
    '/orders/:id/result',
    {
      config: { operation: 'results.update' },
      schema: {
        operationId: 'ats_update_assessments_result',
        summary: 'Report the result of an order',
        tags: ['Assessments'],
        params: IdParamsSchema,
        body: ResultUpdateSchema,
        response: { 200: ResultUpdatedSchema },
      },
    },
    async (request, reply) => {
      request.orderId = request.params.id
      const { accountId, params, body, id: requestId } = request
      const { order, warnings } = await recordResult(deps, {
        ...{ kind: 'assessment', accountId, orderId: params.id, update: body, requestId },
      })
      request.orderId = order.id
      warn(request, reply, warnings)
      return { statusCode: 200, message: 'Record updated successfully.', timestamp: isoTime(deps.clock.now()) }
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
