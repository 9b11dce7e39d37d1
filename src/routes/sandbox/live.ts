import sse from '@fastify/sse'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { AccountQuerySchema } from '../../../schemas/control/builders'
import { EventsSchema } from '../../../schemas/control/live'
import { liveViews } from '../../control/live'
import type { Deps } from '../../deps'
import { accountOf, described } from './route-schema'

/** Milliseconds between heartbeats, so that proxies do not close a quiet stream. */
const heartbeatInterval = 15_000

/** `/_sandbox/live`: the current state and its changes, as server-sent events, for the inspector. */
export const liveRoute: FastifyPluginAsyncTypebox<{ deps: Deps }> = async (api, { deps }) => {
  const views = liveViews(deps)
  const streams = new Set<() => void>()
  await api.register(sse, { heartbeatInterval })

  api.get(
    '/live',
    {
      sse: 'only',
      exposeHeadRoute: false,
      preHandler: (_request, _reply, done) => {
        views.requireRoom()
        done()
      },
      schema: described('Stream changes as server-sent events', {
        querystring: AccountQuerySchema,
        produces: ['text/event-stream'],
        response: { 200: EventsSchema },
      }),
    },
    async (request, { sse: stream }) => {
      const stop = views.watch(accountOf(request), { take: (message) => stream.send(message) })
      const end = () => {
        stream.close()
      }
      streams.add(end)
      stream.onClose(() => {
        stop()
        streams.delete(end)
      })
      stream.keepAlive()
      stream.sendHeaders()
    },
  )

  // Streams never end by themselves and would delay the shutdown.
  api.addHook('preClose', async () => {
    for (const end of streams) end()
  })
}
