import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import { localControl } from '../../control/local-control'
import { snapshotText } from '../../control/take-snapshot'
import { type Deps, knownAccounts } from '../../deps'
import { controlAccount } from '../../plugins/control-account'
import { controlGuard } from '../../plugins/control-guard'
import { answerErrors, answerUnknownPaths, controlBody } from '../../plugins/error-answers'
import { optionalJsonBody } from '../../plugins/json-body'
import { publicOrigin } from '../public-origin'
import { callRoutes } from './calls'
import { liveRoute } from './live'
import { reportRoute } from './report'
import type { RequestControl } from './route-schema'
import { snapshotRoutes } from './snapshot'

/** The control API, for tests and people. Its errors repeat the hint in the body. */
export const controlApi: FastifyPluginAsync<{ deps: Deps }> = async (api, { deps }) => {
  const render = controlBody(deps.clock)
  answerErrors(api, deps.logger, render)
  answerUnknownPaths(api, render)
  optionalJsonBody(api)
  // Most calls need no body: `curl -X POST` alone works.
  api.addHook('preValidation', (request, _reply, done) => {
    if (request.method === 'POST' && request.body === undefined) request.body = {}
    done()
  })
  void api.register(controlAccount, { accounts: knownAccounts(deps) })
  void api.register(controlGuard, { token: deps.access.token, publicUrl: deps.config.publicUrl })

  const { isOpen } = deps.access
  const originFor = publicOrigin(deps.config.publicUrl)
  const controlFor: RequestControl = (request, reply) =>
    localControl(deps, { origin: () => originFor(request), signal: endOf(reply), isOpen, requestId: request.id })
  void api.register(callRoutes, { controlFor })
  void api.register(snapshotRoutes, { controlFor, snapshotText: (account) => snapshotText(deps, account, isOpen) })
  void api.register(reportRoute, { deps })
  void api.register(liveRoute, { deps })
}

/** Aborts once the answer is sent or the client is gone; `request.signal` already aborts once the body is read. */
function endOf({ raw }: FastifyReply): AbortSignal {
  const ended = new AbortController()
  raw.once('close', () => {
    ended.abort()
  })
  return ended.signal
}
