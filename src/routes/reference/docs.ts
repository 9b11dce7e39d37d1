import type { FastifyInstance, FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import type { Deps } from '../../deps'

/** `/docs`: the OpenAPI document in a viewer, which is loaded on the first request. */
export const docs: FastifyPluginCallback<{ deps: Deps }> = (app, { deps }, done) => {
  let viewer: Promise<FastifyInstance> | undefined
  app.addHook('onClose', async () => {
    await (await viewer)?.close()
  })

  async function show(request: FastifyRequest, reply: FastifyReply) {
    const { docsViewer } = require('./docs-viewer') as typeof import('./docs-viewer')
    const inner = await (viewer ??= docsViewer(deps))
    reply.hijack()
    inner.routing(request.raw, reply.raw)
  }

  // Relative, like all addresses in the viewer, so that it works behind a path prefix.
  app.get('/docs', { schema: { hide: true, summary: 'Read and try every call, in a browser' } }, (_request, reply) =>
    reply.redirect('docs/'),
  )
  app.get('/docs/*', { schema: { hide: true } }, show)
  done()
}
