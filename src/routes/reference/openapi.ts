import type { FastifyPluginCallback } from 'fastify'
import type { Deps } from '../../deps'

/** `GET /openapi.json`: the OpenAPI document, generated from the schemas on the first request. */
export const openapi: FastifyPluginCallback<{ deps: Deps }> = (app, { deps }, done) => {
  const schema = { hide: true, summary: 'The OpenAPI document, generated from the schemas that validate' }
  app.get('/openapi.json', { schema }, () => {
    const { openapiDocument } = require('./openapi-document') as typeof import('./openapi-document')
    return openapiDocument(deps)
  })
  done()
}
