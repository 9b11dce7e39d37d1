import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import type { BackgroundCheckOrderRequest } from '../../schemas/background-checks/order'
import type { Operation } from '../../schemas/control/requests'
import { OrderPlacedSchema, type OrderRequest } from '../../schemas/order'
import { orderBodies } from '../../schemas/order-bodies'
import type { OrderKind } from '../../schemas/order-kinds'
import { IdParamsSchema } from '../../schemas/queries'
import { ResultUpdatedSchema, ResultUpdateSchema } from '../../schemas/result'
import { testUrl } from '../assessments/find-order'
import { unknownPackage } from '../assessments/find-package'
import { placeOrder } from '../assessments/place-order'
import { recordResult } from '../assessments/record-result'
import { unknownCheckPackage } from '../background-checks/packages'
import { isoTime } from '../date-time'
import type { Deps } from '../deps'
import type { RepeatedOrders } from '../options'
import { warn } from '../plugins/warnings'
import { noWarnings, type Warnings, warningsOf } from '../warnings'
import { publicOrigin } from './public-origin'

interface Named {
  operation: Operation
  operationId: string
  summary: string
}

/** What differs between the kinds of orders. */
interface KindOfOrder {
  tag: string
  create: Named
  report: Named
  /** Finds mistakes in the package of an order. */
  suspect: (deps: Deps, request: FastifyRequest) => Warnings | Promise<Warnings>
}

const kinds: Readonly<Record<OrderKind, KindOfOrder>> = {
  assessment: {
    tag: 'Assessments',
    create: {
      operation: 'orders.create',
      operationId: 'ats_order_assessments_request',
      summary: 'Order an assessment for a candidate',
    },
    report: {
      operation: 'results.update',
      operationId: 'ats_update_assessments_result',
      summary: 'Report the result of an order',
    },
    // With the built-in catalogue nothing is checked, since its packages are invented and any id may be a real one.
    suspect: ({ catalogue, config }, { body }) =>
      config.packages === null
        ? noWarnings
        : unknownPackage(catalogue, (body as OrderRequest).package, 'the catalogue of SANDBOX_PACKAGES'),
  },
  background_check: {
    tag: 'Background checks',
    create: {
      operation: 'background_checks.orders.create',
      operationId: 'ats_order_background_check_request',
      summary: 'Order a background check of a candidate',
    },
    report: {
      operation: 'background_checks.results.update',
      operationId: 'ats_update_background_check_result',
      summary: 'Report the result of an order',
    },
    suspect: (deps, { accountId, body }) =>
      unknownCheckPackage(deps, accountId, (body as BackgroundCheckOrderRequest).package),
  },
}

/** `POST /orders` and `PATCH /orders/{id}/result`, for one kind of orders. */
export const orderRoutes: FastifyPluginCallbackTypebox<{ deps: Deps; kind: OrderKind }> = (
  api,
  { deps, kind },
  done,
) => {
  const originFor = publicOrigin(deps.config.publicUrl)
  const ofRepeat = repeated(deps.config.repeatedOrders)
  const { tag, create, report, suspect } = kinds[kind]

  api.post(
    '/orders',
    {
      config: { operation: create.operation, suspect: (request) => suspect(deps, request) },
      schema: {
        operationId: create.operationId,
        summary: create.summary,
        tags: [tag],
        body: orderBodies[kind],
        response: { 200: OrderPlacedSchema },
      },
    },
    async (request, reply) => {
      const { order, isRepeat } = await placeOrder(deps, {
        kind,
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

  api.patch(
    '/orders/:id/result',
    {
      config: { operation: report.operation },
      schema: {
        operationId: report.operationId,
        summary: report.summary,
        tags: [tag],
        params: IdParamsSchema,
        body: ResultUpdateSchema,
        response: { 200: ResultUpdatedSchema },
      },
    },
    async (request, reply) => {
      request.orderId = request.params.id
      const { accountId, params, body, id: requestId } = request
      const { order, warnings } = await recordResult(deps, {
        ...{ kind, accountId, orderId: params.id, update: body, requestId },
      })
      request.orderId = order.id
      warn(request, reply, warnings)
      return { statusCode: 200, message: 'Record updated successfully.', timestamp: isoTime(deps.clock.now()) }
    },
  )
  done()
}

const repeated = (become: RepeatedOrders) =>
  warningsOf({
    path: 'body/id',
    message: `body/id is the id of an earlier order, and this one is ${become === 'same' ? 'treated as the same order' : 'placed as a new order'}: StackOne does not document what it does with a repeat, so do not rely on it`,
  })
