import type { Server } from 'node:http'
import Fastify, { type FastifyHttpOptions, type FastifyInstance } from 'fastify'
import type { Deps } from './deps'
import { errors } from './errors'
import { toSandboxError } from './http/framework-errors'
import { parseQuery } from './http/parse-query'
import { normalTarget } from './http/request-path'
import type { Tls } from './http/tls'
import { admission } from './plugins/admission'
import { answerTogether } from './plugins/answer-together'
import { closeConnections } from './plugins/close-connections'
import { failedHandshakes } from './plugins/failed-handshakes'
import { errorAnswers, refuse, stackoneBody } from './plugins/error-answers'
import { headRequests } from './plugins/head-requests'
import { jsonBody } from './plugins/json-body'
import { linger } from './plugins/linger'
import { answerMalformedHttp } from './plugins/malformed-http'
import { requestFacts } from './plugins/request-facts'
import { logAnswered, requestLog } from './plugins/request-log'
import { candidatePages } from './routes/candidate/test-page'
import { emulatedAccounts, emulatedApi } from './routes/emulated-api'
import { inspector } from './routes/inspector/inspector'
import { docs } from './routes/reference/docs'
import { llms } from './routes/reference/llms'
import { openapi } from './routes/reference/openapi'
import { controlApi } from './routes/sandbox/control-api'
import { health } from './routes/sandbox/health'
import { metricsRoute } from './routes/sandbox/metrics'
import { ready } from './routes/sandbox/ready'
import { buildSerializer, buildValidator } from './validation/compilers'
import { expectedShape, violations } from './validation/violations'

/** `k3x9d2-1`, `k3x9d2-2` and so on. */
function requestIds(process: string): () => string {
  let count = 0
  return () => `${process}-${String(++count)}`
}

/** For the server of Node. */
function serverOptions(tls: Tls | null): Pick<FastifyHttpOptions<Server>, 'http'> {
  const http = { headersTimeout: 10_000, connectionsCheckingInterval: 1_000, requireHostHeader: false }
  // Fastify has a type for each of both, and the server for HTTPS is one for HTTP as well.
  return tls === null ? { http } : ({ https: { ...http, ...tls, handshakeTimeout: 10_000 } } as object)
}

/** Builds the app, for HTTPS with `tls`; the caller makes it listen. */
export function buildApp(deps: Deps, tls: Tls | null = null): FastifyInstance {
  const { logger, clock } = deps
  const app: FastifyInstance = Fastify({
    // Processes with one store share its journal and often a log: their request ids must differ.
    ...(deps.config.store !== null && { genReqId: requestIds(deps.ids.token().slice(0, 6)) }),
    bodyLimit: 1024 * 1024,
    return503OnClosing: false,
    exposeHeadRoutes: false,
    // No plugin waits for anything that could hang, and a timer for each would slow the start.
    pluginTimeout: 0,
    requestTimeout: 60_000,
    ...serverOptions(tls),
    // As long as a whole request line may be, so that an overlong token is answered as an unknown one.
    routerOptions: {
      maxParamLength: 16 * 1024,
      querystringParser: parseQuery,
    },
    schemaController: { compilersFactory: { buildValidator, buildSerializer } },
    schemaErrorFormatter: (found, part) => {
      if (part === 'body') return errors.invalidBody(violations(found, part), ...expectedShape(found, part))
      if (part === 'params') return errors.invalidPath(violations(found, '').map((violation) => violation.slice(1)))
      return errors.invalidQuery(violations(found, 'query'))
    },
    frameworkErrors: (error, request, reply) => {
      void refuse(toSandboxError(error, request), reply, request, stackoneBody(clock))
      logAnswered(deps, request, reply)
    },
    rewriteUrl: normalTarget,
    clientErrorHandler: (error, socket) => {
      answerMalformedHttp(error, socket, deps)
    },
  })

  // Node would answer these itself, with an empty body.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response))
  app.server.on('connect', (_request, socket) => {
    answerMalformedHttp(new Error('CONNECT is for proxies'), socket, deps)
  })

  // First: what other plugins do on sending belongs to the moment of sending.
  void app.register(answerTogether, { logger })
  void app.register(headRequests)
  void app.register(requestFacts)
  void app.register(errorAnswers, { clock, logger })
  void app.register(requestLog, { deps })
  void app.register(closeConnections)
  void app.register(failedHandshakes, { logger })
  void app.register(linger)
  void app.register(admission)
  void app.register(jsonBody)
  void app.register(emulatedApi, { deps, prefix: '/unified/ats' })
  void app.register(emulatedAccounts, { deps })
  void app.register(candidatePages, { deps })
  void app.register(health)
  void app.register(ready, { deps })
  void app.register(metricsRoute, { deps })
  void app.register(inspector, { deps })
  void app.register(controlApi, { deps, prefix: '/_sandbox' })
  void app.register(openapi, { deps })
  void app.register(docs, { deps })
  void app.register(llms, { deps })
  return app
}
