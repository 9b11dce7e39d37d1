import type { FastifyPluginAsync } from 'fastify'
import type { Deps } from '../deps'
import { account } from '../plugins/account'
import { authentication } from '../plugins/authentication'
import { faultInjection } from '../plugins/faults'
import { heartbeat } from '../plugins/heartbeat'
import { warnings } from '../plugins/warnings'
import { ordersRoutes } from './assessments/orders'
import { packagesRoutes } from './assessments/packages'
import { resultsRoutes } from './assessments/results'

/** What the sandbox emulates of StackOne's unified ATS API. Its hooks come first, and are those of every operation. */
export const emulatedApi: FastifyPluginAsync<{ deps: Deps }> = async (api, { deps }) => {
  void api.register(heartbeat)
  void api.register(authentication, { apiKeys: deps.config.apiKeys })
  void api.register(account, { accounts: deps.config.accounts })
  if (deps.config.rateLimit !== null) {
    const { rateLimit } = require('../plugins/rate-limit') as typeof import('../plugins/rate-limit')
    const { rateLimits, clock } = deps
    await api.register(rateLimit, { limit: deps.config.rateLimit, rateLimits, clock })
  }
  void api.register(faultInjection, { deps })
  void api.register(warnings, { strict: deps.config.strict })

  const assessments = { deps, prefix: '/assessments' }
  void api.register(packagesRoutes, assessments)
  void api.register(ordersRoutes, assessments)
  void api.register(resultsRoutes, assessments)
}
