import type { FastifyPluginCallback } from 'fastify'
import { HealthSchema } from '../../../schemas/health'

export const health: FastifyPluginCallback = (app, _options, done) => {
  app.get(
    '/_sandbox/health',
    { schema: { summary: 'Check whether the sandbox is up', tags: ['Sandbox'], response: { 200: HealthSchema } } },
    () => ({ status: 'ok' as const }),
  )
  done()
}
