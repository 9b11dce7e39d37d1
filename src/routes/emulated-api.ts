import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import { type Deps, knownAccounts } from '../deps'
import { account } from '../plugins/account'
import { authentication } from '../plugins/authentication'
import { faultInjection } from '../plugins/faults'
import { heartbeat } from '../plugins/heartbeat'
import { warnings } from '../plugins/warnings'
import { linkedAccountsRoutes } from './accounts/linked-accounts'
import { packagesRoutes } from './assessments/packages'
import { withdrawnReads } from './assessments/withdrawn'
import { atsRoutes } from './ats/ats'
import { checkPackagesRoutes } from './background-checks/packages'
import { orderRoutes } from './order-routes'

/** What the sandbox emulates of StackOne's unified ATS API. Its hooks come first, and are those of every operation. */
export const emulatedApi: FastifyPluginAsync<{ deps: Deps }> = async (api, { deps }) => {
  const accounts = knownAccounts(deps)
  const see = (id: string) => {
    deps.accounts.see(id)
  }
  await registerHooks(api, deps, () => void api.register(account, { accounts, see }))

  const assessments = { deps, prefix: '/assessments' }
  void api.register(packagesRoutes, assessments)
  void api.register(orderRoutes, { ...assessments, kind: 'assessment' })
  void api.register(withdrawnReads, assessments)

  const backgroundChecks = { deps, prefix: '/background_checks' }
  void api.register(checkPackagesRoutes, backgroundChecks)
  void api.register(orderRoutes, { ...backgroundChecks, kind: 'background_check' })

  void api.register(atsRoutes, { deps })
}

/** StackOne's linked accounts, which are about no single account. */
export const emulatedAccounts: FastifyPluginAsync<{ deps: Deps }> = async (api, { deps }) => {
  await registerHooks(api, deps)
  void api.register(linkedAccountsRoutes, { deps })
}

/** The hooks of every call, in their order; `next` registers those that follow the authentication. */
async function registerHooks(api: FastifyInstance, deps: Deps, next: () => void = () => undefined) {
  void api.register(heartbeat)
  void api.register(authentication, { apiKeys: deps.config.apiKeys })
  next()
  if (deps.config.rateLimit !== null) {
    const { rateLimit } = require('../plugins/rate-limit') as typeof import('../plugins/rate-limit')
    const { rateLimits, clock } = deps
    await api.register(rateLimit, { limit: deps.config.rateLimit, rateLimits, clock })
  }
  void api.register(faultInjection, { deps })
  void api.register(warnings, { strict: deps.config.strict })
}
