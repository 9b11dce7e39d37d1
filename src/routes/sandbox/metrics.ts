import type { FastifyPluginCallback } from 'fastify'
import type { Deps } from '../../deps'
import { errors } from '../../errors'

/**
 * `GET /metrics`, for Prometheus. It skips the control API's guard, which would refuse most host names with dots. That
 * is safe: it only contains numbers, of no account, and without CORS headers no foreign page can read it.
 */
export const metricsRoute: FastifyPluginCallback<{ deps: Deps }> = (app, { deps }, done) => {
  const schema = { hide: true, summary: 'Metrics for Prometheus, with `SANDBOX_METRICS=on`; no token needed' }
  app.get('/metrics', { schema }, async (_request, reply) => {
    const { metrics } = deps
    if (metrics === null) throw errors.metricsOff()
    return reply
      .header('cache-control', 'no-store')
      .type(metrics.contentType)
      .send(await metrics.text(deps))
  })
  done()
}
