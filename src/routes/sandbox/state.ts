import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import { AccountQuerySchema } from '../../../schemas/control/shared'
import { SnapshotSchema } from '../../../schemas/control/snapshot'
import type { Control } from '../../control/control'
import { accountOf, described, nothing } from './described'

/** More than a request of the emulated API may bring: a thousand orders are some two megabytes. */
const mostOfSnapshot = 1024 * 1024 * 1024

/** `/_sandbox/reset` and `/_sandbox/snapshot`: the state of an account, or of everything, as a whole. */
export const stateRoutes: FastifyPluginCallbackTypebox<{ control: Control }> = (api, { control }, done) => {
  api.post(
    '/reset',
    {
      schema: described('Put an account, or everything, back to how it was at the start', {
        querystring: AccountQuerySchema,
        response: { 204: nothing('It is as at the start') },
      }),
    },
    async (request, reply) => {
      await control.reset(accountOf(request))
      return reply.code(204).send(null)
    },
  )

  api.get(
    '/snapshot',
    {
      schema: described('Export an account, or everything', {
        querystring: AccountQuerySchema,
        response: { 200: SnapshotSchema },
      }),
    },
    (request) => control.takeSnapshot(accountOf(request)),
  )

  api.put(
    '/snapshot',
    {
      bodyLimit: mostOfSnapshot,
      schema: described('Put what a snapshot holds in the place of what there is', {
        // Its own check says what is wrong with a document that is none, or of another version.
        body: Type.Unknown({ description: 'A snapshot' }),
        response: { 204: nothing('It is loaded') },
      }),
    },
    async (request, reply) => {
      await control.loadSnapshot(request.body)
      return reply.code(204).send(null)
    },
  )
  done()
}
