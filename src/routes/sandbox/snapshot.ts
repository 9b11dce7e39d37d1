import { Readable } from 'node:stream'
import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { calls } from '../../control/calls'
import { errors } from '../../errors'
import { requireText } from '../../plugins/json-body'
import { accountOf, type RequestControl, routeOf } from './route-schema'

const takeSnapshot = routeOf(calls.takeSnapshot)
const loadSnapshot = routeOf(calls.loadSnapshot)

/** Above the body limit of the emulated API: a thousand orders take about two megabytes. */
const mostOfSnapshot = 64 * 1024 * 1024
/** Total bytes of large snapshots that may be uploaded at the same time. */
const mostAtOnce = 2 * mostOfSnapshot
/** Snapshots of up to this many bytes do not count as large. */
const small = 1024 * 1024

export interface SnapshotRoutes {
  controlFor: RequestControl
  /** The result of `takeSnapshot`, as JSON text. */
  snapshotText: (account: string | null) => Promise<AsyncIterable<string>>
}

/** `/_sandbox/snapshot`: the whole state of an account, or of everything. */
export const snapshotRoutes: FastifyPluginCallback<SnapshotRoutes> = (api, { controlFor, snapshotText }, done) => {
  api.route({
    ...takeSnapshot,
    // The schema only documents the response: streams are not serialised by it.
    handler: async (request, reply) =>
      reply.type('application/json; charset=utf-8').send(Readable.from(await snapshotText(accountOf(request)))),
  })

  void api.register(loadRoute, { controlFor })
  done()
}

/** In its own scope, where bodies stay unparsed. */
const loadRoute: FastifyPluginCallback<{ controlFor: RequestControl }> = (api, { controlFor }, done) => {
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

  api.route({
    ...loadSnapshot,
    bodyLimit: mostOfSnapshot,
    onRequest: requireRoom,
    async handler(request, reply) {
      const { body } = request
      if (body === undefined) throw errors.emptyBody()
      await controlFor(request, reply).loadSnapshot({ body })
      return reply.code(204).send(null)
    },
  })
  done()
}
