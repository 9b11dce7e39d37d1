import swagger from '@fastify/swagger'
import Fastify, { type FastifySchema } from 'fastify'
import { ErrorSchema } from '../../../schemas/error'
import { CallHeadersSchema } from '../../../schemas/headers'
import type { Deps } from '../../deps'
import { errors, provokedStatuses } from '../../errors'
import { version } from '../../version'
import { emulatedApi } from '../assessments/emulated-api'
import { controlApi } from '../sandbox/control-api'
import { health } from '../sandbox/health'

/**
 * Describes the routes that the sandbox serves, from their own schemas. They are registered once more for this, on a
 * server that never listens, so that a plain start need not load the generator.
 */
export async function openapiDocument(deps: Deps): Promise<object> {
  const app = Fastify({ exposeHeadRoutes: false })
  app.setValidatorCompiler(() => () => true)
  app.setSerializerCompiler(() => () => '')
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'StackOne assessments sandbox',
        description: "A stand-in for StackOne's assessments API, to build and test clients against.",
        version,
      },
      servers: [{ url: '/' }],
      components: { securitySchemes: { basic: { type: 'http', scheme: 'basic' } } },
    },
    transform: ({ schema, url }) => ({
      schema: url.startsWith('/unified/') ? withWhatAllCallsShare(schema) : schema,
      url,
    }),
  })
  await app.register(emulatedApi, { deps, prefix: '/unified/ats/assessments' })
  await app.register(health)
  await app.register(controlApi, { deps, prefix: '/_sandbox' })
  await app.ready()
  return app.swagger()
}

function withWhatAllCallsShare(schema: FastifySchema): FastifySchema {
  return {
    ...schema,
    headers: CallHeadersSchema,
    security: [{ basic: [] }],
    response: { ...errorResponses(), ...(schema.response as object) },
  }
}

/** An entry a status, with the reasons for it as its description: those of the catalogue that concern the emulated API. */
function errorResponses(): Record<number, object> {
  const reasons = new Map(provokedStatuses.map((status) => [status, ['A fault or the account asks for it']]))
  for (const { status, when } of Object.values(errors)) {
    if (/\((control|a page)\)$/.test(when)) continue
    reasons.set(status, [when, ...(reasons.get(status) ?? [])])
  }
  return Object.fromEntries(
    [...reasons].map(([status, whens]) => [status, { ...ErrorSchema, description: `${whens.join('. ')}.` }]),
  )
}
