import type { FastifyPluginCallback } from 'fastify'
import type { Deps } from '../../deps'
import { errors } from '../../errors'

/**
 * `GET /metrics`, for Prometheus. Without the control's guard, which would refuse a Prometheus that knows the sandbox by
 * a name with dots: there are but numbers in it, of no account, and no foreign page can read it, since nothing allows it.
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
