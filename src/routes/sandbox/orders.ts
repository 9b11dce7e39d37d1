import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { AccountQuerySchema, WaitSchema } from '../../../schemas/control/builders'
import {
  ControlOrderSchema,
  OrderFilterSchema,
  OrderListSchema,
  OrderQuerySchema,
  OutcomeSchema,
} from '../../../schemas/control/orders'
import { OrderRequestSchema } from '../../../schemas/order'
import { IdParamsSchema } from '../../../schemas/queries'
import type { Control } from '../../control/control'
import { accountOf, described, listOf, type RequestControl } from './route-schema'

/** `/_sandbox/orders`: what was ordered, an order as a recruiter makes it, and an end for it. */
export const ordersRoutes: FastifyPluginCallbackTypebox<{ control: Control; controlFor: RequestControl }> = (
  api,
  { control, controlFor },
  done,
) => {
  api.get(
    '/orders',
    {
      schema: described('List orders, newest first', {
        querystring: OrderQuerySchema,
        response: { 200: OrderListSchema },
      }),
    },
    (request) => {
      const { account, limit, next, ...filter } = request.query
      return control.listOrders(accountOf(request), filter, { limit, next })
    },
  )

  api.post(
    '/orders',
    {
      schema: described('Order an assessment as a recruiter', {
        querystring: AccountQuerySchema,
        body: OrderRequestSchema,
        response: { 201: ControlOrderSchema },
      }),
    },
    async (request, reply) => {
      const order = await controlFor(request, reply).createOrder(accountOf(request), request.body)
      request.accountId = order.account
      request.orderId = order.id
      return reply.code(201).send(order)
    },
  )

  api.post(
    '/orders/wait',
    {
      schema: described('Wait for orders', {
        querystring: AccountQuerySchema,
        body: WaitSchema(OrderFilterSchema),
        response: { 200: listOf(ControlOrderSchema, 'The orders that were waited for') },
      }),
    },
    (request, reply) => {
      const { filter = {}, ...options } = request.body
      return controlFor(request, reply).waitForOrders(accountOf(request), filter, options)
    },
  )

  api.get(
    '/orders/:id',
    {
      schema: described('Read an order and what became of it', {
        params: IdParamsSchema,
        querystring: AccountQuerySchema,
        response: { 200: ControlOrderSchema },
      }),
    },
    (request) => control.getOrder(accountOf(request), request.params.id),
  )

  api.post(
    '/orders/:id/complete',
    {
      schema: described("End the candidate's test", {
        params: IdParamsSchema,
        querystring: AccountQuerySchema,
        body: OutcomeSchema,
        response: { 200: ControlOrderSchema },
      }),
    },
    (request, reply) => controlFor(request, reply).completeOrder(accountOf(request), request.params.id, request.body),
  )
  done()
}
