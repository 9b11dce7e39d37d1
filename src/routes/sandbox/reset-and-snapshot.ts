import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Readable } from 'node:stream'
import { Type } from '@sinclair/typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { AccountQuerySchema } from '../../../schemas/control/builders'
import { type Snapshot, SnapshotSchema } from '../../../schemas/control/snapshot'
import type { Control } from '../../control/control'
import { errors } from '../../errors'
import { requireText } from '../../plugins/json-body'
import { accountOf, described, nothing } from './route-schema'

/** More than a request of the emulated API may bring: a thousand orders are some two megabytes. */
const mostOfSnapshot = 64 * 1024 * 1024
/** Bytes of large snapshots that are taken at once. */
const mostAtOnce = 2 * mostOfSnapshot
/** Bytes up to which a snapshot is none of these. */
const small = 1024 * 1024

export interface StateRoutes {
  control: Control
  /** What `control.takeSnapshot` answers, as JSON text. */
  snapshotText: (account: string | null) => Promise<AsyncIterable<string>>
}

/** `/_sandbox/reset` and `/_sandbox/snapshot`: the state of an account, or of everything, as a whole. */
export const stateRoutes: FastifyPluginCallbackTypebox<StateRoutes> = (api, { control, snapshotText }, done) => {
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
    async (request, reply) =>
      reply
        .type('application/json; charset=utf-8')
        // A stream is not serialised by the schema, which is for the document.
        .send(Readable.from(await snapshotText(accountOf(request))) as unknown as Snapshot),
  )

  void api.register(loadRoute, { control })
  done()
}

/** In a scope of its own, where a body is not read as a whole. */
const loadRoute: FastifyPluginCallbackTypebox<{ control: Control }> = (api, { control }, done) => {
  api.removeContentTypeParser('application/json')
  api.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes: Buffer, done) => {
    try {
      requireText(bytes, request)
      done(null, bytes)
    } catch (error) {
      done(error as Error)
    }
  })

  let underWay = 0
  function requireRoom(request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void) {
    const size = Number(request.headers['content-length'] ?? mostOfSnapshot)
    if (size <= small || size > mostOfSnapshot) {
      done()
    } else if (underWay + size > mostAtOnce) {
      done(errors.tooManySnapshots())
    } else {
      underWay += size
      reply.raw.once('close', () => (underWay -= size))
      done()
    }
  }

  api.put(
    '/snapshot',
    {
      bodyLimit: mostOfSnapshot,
      onRequest: requireRoom,
      schema: described('Put what a snapshot holds in the place of what there is', {
        // Its own check says what is wrong with a document that is none, or of another version.
        body: Type.Unknown({ description: 'A snapshot' }),
        response: { 204: nothing('It is loaded') },
      }),
    },
    async (request, reply) => {
      if (request.body === undefined) throw errors.emptyBody()
      await control.loadSnapshot(request.body)
      return reply.code(204).send(null)
    },
  )
  done()
}
