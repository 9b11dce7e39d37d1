import type { FastifyPluginCallback } from 'fastify'
import type { Deps } from '../../deps'
import { errors } from '../../errors'
import { pathOf } from '../../http/request-path'

/** `/docs`: the OpenAPI document in a viewer, which is loaded on the first request. */
export const docs: FastifyPluginCallback<{ deps: Deps }> = (app, { deps }, done) => {
  // Relative, like all addresses in the viewer, so that it works behind a path prefix.
  app.get('/docs', { schema: { hide: true, summary: 'Read and try every call, in a browser' } }, (_request, reply) =>
    reply.redirect('docs/'),
  )
  app.get<{ Params: { '*': string } }>('/docs/*', { schema: { hide: true } }, async (request, reply) => {
    const { headers, viewerFile } = require('./docs-viewer') as typeof import('./docs-viewer')
    const file = await viewerFile(request.params['*'], deps)
    if (file === null) {
      const path = pathOf(request.url)
      throw errors.unknownPath({ method: request.method, path, why: 'The API reference is at /docs/.' })
    }
    void reply.headers(headers).type(file.type)
    if (file.isFixed) void reply.header('cache-control', 'max-age=31536000, immutable')
    return reply.send(file.text)
  })
  done()
}
