import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import { findTest } from '../../assessments/find-test'
import type { Deps } from '../../deps'
import { errors } from '../../errors'
import { toSandboxError } from '../../framework-errors'
import { pageHeaders, refusalPage, testPage } from './pages'

/** `GET /tests/{token}`: the page that a `test_url` opens. */
export const candidatePages: FastifyPluginCallbackTypebox<{ deps: Deps }> = (
  app,
  { deps: { store, logger } },
  done,
) => {
  app.setErrorHandler((error, request, reply) => {
    const refusal = toSandboxError(error, request)
    if (refusal.statusCode === 500) logger.error(error, 'defect')
    reply.refusal = refusal
    return reply.code(refusal.statusCode).headers(pageHeaders).send(refusalPage(refusal.message, refusal.hint))
  })

  app.get(
    '/tests/:token',
    { schema: { hide: true, params: Type.Object({ token: Type.String() }) } },
    async (request, reply) => {
      reply.headers(pageHeaders)
      const test = await findTest(store, request.params.token)
      if (test === null) throw errors.unknownTest()
      request.accountId = test.accountId
      request.orderId = test.orderId
      return testPage(test)
    },
  )
  done()
}
