import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { AccountQuerySchema } from '../../../schemas/control/builders'
import { FaultListSchema, FaultSchema, FaultToAddSchema } from '../../../schemas/control/faults'
import { IdParams } from '../../../schemas/queries'
import type { Control } from '../../control/control'
import { accountOf, described, nothing } from './route-schema'

/** `/_sandbox/faults`: what is to go wrong. */
export const faultsRoutes: FastifyPluginCallbackTypebox<{ control: Control }> = (api, { control }, done) => {
  api.get(
    '/faults',
    { schema: described('List faults', { querystring: AccountQuerySchema, response: { 200: FaultListSchema } }) },
    async (request) => ({ faults: await control.listFaults(accountOf(request)) }),
  )

  api.post(
    '/faults',
    {
      schema: described('Let calls go wrong', {
        querystring: AccountQuerySchema,
        body: FaultToAddSchema,
        response: { 201: FaultSchema },
      }),
    },
    async (request, reply) => reply.code(201).send(await control.addFault(accountOf(request), request.body)),
  )

  api.delete(
    '/faults',
    {
      schema: described('Remove the faults of an account, or all', {
        querystring: AccountQuerySchema,
        response: { 204: nothing('They are removed') },
      }),
    },
    async (request, reply) => {
      await control.removeFaults(accountOf(request))
      return reply.code(204).send(null)
    },
  )

  api.delete(
    '/faults/:id',
    {
      schema: described('Remove a fault', {
        params: IdParams('Identifier of the fault', 'fault-1'),
        response: { 204: nothing('It is removed') },
      }),
    },
    async (request, reply) => {
      await control.removeFault(request.params.id)
      return reply.code(204).send(null)
    },
  )
  done()
}
