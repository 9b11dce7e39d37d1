import type { FastifyPluginCallback } from 'fastify'
import type { Deps } from '../../deps'
import { builtFile } from '../../http/built-file'
import { publicOrigin } from '../public-origin'

/** The address of the sandbox in the documents. */
const published = 'http://127.0.0.1:4600'

/** `GET /llms.txt`: what a coding agent needs to drive the sandbox, with its address. Needs no key. */
export const llms: FastifyPluginCallback<{ deps: Deps }> = (app, { deps }, done) => {
  const originFor = publicOrigin(deps.config.publicUrl)
  const schema = { hide: true, summary: 'How to drive the sandbox, for coding agents' }
  app.get('/llms.txt', { schema }, (request, reply) =>
    reply
      .headers({ 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' })
      .type('text/plain; charset=utf-8')
      .send(builtFile('llms.txt').replaceAll(published, originFor(request))),
  )
  done()
}
