import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { AccountQuerySchema, WaitSchema } from '../../../schemas/control/builders'
import {
  ControlDeliverySchema,
  DeliveryFilterSchema,
  DeliveryListSchema,
  DeliveryQuerySchema,
} from '../../../schemas/control/deliveries'
import { IdParams } from '../../../schemas/queries'
import type { Control } from '../../control/control'
import { accountOf, described, listOf, type RequestControl } from './route-schema'

/** `/_sandbox/deliveries`: what was and is to be sent outward. */
export const deliveriesRoutes: FastifyPluginCallbackTypebox<{ control: Control; controlFor: RequestControl }> = (
  api,
  { control, controlFor },
  done,
) => {
  api.get(
    '/deliveries',
    {
      schema: described('List deliveries, newest first', {
        querystring: DeliveryQuerySchema,
        response: { 200: DeliveryListSchema },
      }),
    },
    (request) => {
      const { account, limit, next, ...filter } = request.query
      return control.listDeliveries(accountOf(request), filter, { limit, next })
    },
  )

  api.post(
    '/deliveries/wait',
    {
      schema: described('Wait for deliveries', {
        querystring: AccountQuerySchema,
        body: WaitSchema(DeliveryFilterSchema),
        response: { 200: listOf(ControlDeliverySchema, 'The deliveries that were waited for') },
      }),
    },
    (request, reply) => {
      const { filter = {}, ...options } = request.body
      return controlFor(request, reply).waitForDeliveries(accountOf(request), filter, options)
    },
  )

  api.post(
    '/deliveries/:id/replay',
    {
      schema: described('Send a delivery once more', {
        params: IdParams('Identifier of the delivery', 'c0b1f3f5-92a4-4d0e-8f57-6f0a3f1f2a11.1'),
        response: { 202: ControlDeliverySchema },
      }),
    },
    async (request, reply) => reply.code(202).send(await control.replayDelivery(request.params.id)),
  )
  done()
}
