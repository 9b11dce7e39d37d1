import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Envelope } from '../../../schemas/envelope'
import { IdParamsSchema, ReadQuerySchema } from '../../../schemas/queries'
import { ResultSchema, ResultUpdatedSchema, ResultUpdateSchema } from '../../../schemas/result'
import { readResult } from '../../assessments/read-result'
import { recordResult } from '../../assessments/record-result'
import { isoTime } from '../../clock'
import type { Deps } from '../../deps'
import { pick, rawOf } from './envelope'
import { withdrawn } from './withdrawn'

/** `PATCH /orders/{id}/result` and `GET /orders/{id}/results`: how the assessment went. */
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
    async (request) => {
      request.orderId = request.params.id
      const { accountId, params, body, id: requestId } = request
      await recordResult(deps, { accountId, orderId: params.id, update: body, requestId })
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
      const { id } = request.params
      request.orderId = id
      const result = await readResult(deps.store, request.accountId, id)
      return {
        data: pick(result, request.query.fields),
        ...rawOf(request.query, `/orders/${encodeURIComponent(id)}/results`, result),
      }
    },
  )
  done()
}
