import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { AccountQuerySchema, WaitSchema } from '../../../schemas/control/builders'
import {
  CleanSchema,
  JournalEntrySchema,
  MatchSchema,
  RequestFilterSchema,
  RequestListSchema,
  RequestParamsSchema,
  RequestQuerySchema,
  VerificationSchema,
  VerifyCleanSchema,
  VerifySchema,
} from '../../../schemas/control/requests'
import type { Control } from '../../control/control'
import { RequestSearchSchema } from '../../control/requests'
import { accountOf, described, listOf, type RequestControl } from './route-schema'

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
      const { account, limit, next, ...filter } = request.query
      return control.listRequests(accountOf(request), filter, { limit, next })
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
    (request) => {
      const { filter = {}, ...options } = request.body
      return control.listRequests(accountOf(request), filter, options)
    },
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
      schema: described('Fail unless as many requests came as are expected: at least one', {
        querystring: AccountQuerySchema,
        body: VerifySchema,
        response: { 200: VerificationSchema },
      }),
    },
    (request) => {
      const { filter = {}, ...expectation } = request.body
      return control.verifyRequests(accountOf(request), filter, expectation)
    },
  )

  api.post(
    '/requests/match',
    {
      schema: described('Count the requests that fit a filter, and tell how the nearest differs when none does', {
        querystring: AccountQuerySchema,
        body: MatchSchema,
        response: { 200: VerificationSchema },
      }),
    },
    (request) => control.matchRequests(accountOf(request), request.body.filter ?? {}),
  )

  api.post(
    '/requests/verify-clean',
    {
      schema: described('Fail when a request was refused or warned of, unless that is expected', {
        querystring: AccountQuerySchema,
        body: VerifyCleanSchema,
        response: { 200: CleanSchema },
      }),
    },
    (request) => control.verifyClean(accountOf(request), request.body),
  )
  done()
}
