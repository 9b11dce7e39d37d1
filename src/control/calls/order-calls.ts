import { AccountSchema, listOf, WaitSchema } from '../../../schemas/control/builders'
import {
  ControlOrderSchema,
  DemoSchema,
  OrderFilterSchema,
  OrderKindQuerySchema,
  OrderListSchema,
  OrderQuerySchema,
  OutcomeSchema,
} from '../../../schemas/control/orders'
import { OrderRequestSchema } from '../../../schemas/order'
import { IdParamsSchema } from '../../../schemas/queries'
import type { Calls } from '../call'

const account = AccountSchema

/** Orders, as a recruiter makes them. */
export const orderCalls = {
  listOrders: {
    route: ['GET', '/orders'],
    summary: 'List orders, newest first',
    account,
    query: OrderQuerySchema,
    response: { 200: OrderListSchema },
  },
  createOrder: {
    route: ['POST', '/orders'],
    summary: 'Create an order, as a recruiter would',
    account,
    query: OrderKindQuerySchema,
    // The properties of both kinds. The behaviour checks those that only background checks have.
    body: OrderRequestSchema,
    response: { 201: ControlOrderSchema },
  },
  createDemo: {
    route: ['POST', '/orders/demo'],
    summary: 'Create sixty varied orders, to look around with',
    account,
    response: { 201: DemoSchema },
  },
  waitForOrders: {
    route: ['POST', '/orders/wait'],
    summary: 'Wait for orders',
    account,
    body: WaitSchema(OrderFilterSchema),
    response: { 200: listOf(ControlOrderSchema, 'The awaited orders') },
  },
  getOrder: {
    route: ['GET', '/orders/:id'],
    summary: 'Read an order and its state',
    account,
    params: IdParamsSchema,
    response: { 200: ControlOrderSchema },
  },
  completeOrder: {
    route: ['POST', '/orders/:id/complete'],
    summary: "End the candidate's test",
    account,
    params: IdParamsSchema,
    body: OutcomeSchema,
    response: { 200: ControlOrderSchema },
  },
  cancelOrder: {
    route: ['POST', '/orders/:id/cancel'],
    summary: 'Cancel an order, as a recruiter would',
    account,
    params: IdParamsSchema,
    response: { 200: ControlOrderSchema },
  },
} satisfies Partial<Calls>
