import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import {
  JournalEntrySchema,
  RequestFilterSchema,
  RequestListSchema,
  RequestParamsSchema,
  RequestQuerySchema,
  VerificationSchema,
} from '../../../schemas/control/requests'
import { AccountQuerySchema, WaitSchema } from '../../../schemas/control/shared'
import type { Control } from '../../control/control'
import { RequestSearchSchema } from '../../control/requests'
import type { RequestControl } from './request-control'
import { accountOf, described, listOf } from './described'

/** `/_sandbox/requests`: the journal of what came in, and what was answered. */
export const requestsRoutes: FastifyPluginCallbackTypebox<{ control: Control; controlFor: RequestControl }> = (
  api,
  { control, controlFor },
  done,
) => {
  api.get(
    '/requests',
    {
      schema: described('List requests and their answers, newest first', {
        querystring: RequestQuerySchema,
        response: { 200: RequestListSchema },
      }),
    },
    (request) => {
      const { account, limit, ...filter } = request.query
      return control.listRequests(accountOf(request), filter, limit)
    },
  )

  api.get(
    '/requests/:id',
    {
      schema: described('Read a request and its answer', {
        params: RequestParamsSchema,
        response: { 200: JournalEntrySchema },
      }),
    },
    (request) => control.getRequest(request.params.id),
  )

  api.post(
    '/requests/find',
    {
      schema: described('List the requests that fit a filter, by their bodies too', {
        querystring: AccountQuerySchema,
        body: RequestSearchSchema,
        response: { 200: RequestListSchema },
      }),
    },
    (request) => control.listRequests(accountOf(request), request.body.filter ?? {}, request.body.limit),
  )

  api.post(
    '/requests/wait',
    {
      schema: described('Wait for requests', {
        querystring: AccountQuerySchema,
        body: WaitSchema(RequestFilterSchema),
        response: { 200: listOf(JournalEntrySchema, 'The requests that were waited for') },
      }),
    },
    (request, reply) => {
      const { filter = {}, ...options } = request.body
      return controlFor(request, reply).waitForRequests(accountOf(request), filter, options)
    },
  )

  api.post(
    '/requests/verify',
    {
      schema: described('Tell whether requests came as expected, and how the nearest differs when none did', {
        querystring: AccountQuerySchema,
        body: RequestFilterSchema,
        response: { 200: VerificationSchema },
      }),
    },
    (request) => control.verifyRequests(accountOf(request), request.body),
  )
  done()
}
