import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Logger } from 'pino'
import type { Operation, Warning } from '../../schemas/control/requests'
import { maxAccountLength } from '../../schemas/headers'
import type { Clock } from '../clock'
import type { SandboxError } from '../errors'
import { isOfSandbox, loggedPath } from '../http/request-path'
import type { Journal } from '../store/journal'
import type { Measured, Metrics } from '../telemetry/metrics'
import { listWarnings, sentencesOf } from '../warnings'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The name of the operation in faults and the journal. */
    operation?: Operation
  }
  interface FastifyReply {
    /** The body of the answer; empty before it is sent. */
    bodyText: string
    /** Whether the log and the journal have the request. */
    isRecorded: boolean
  }
}

export interface LogDeps {
  logger: Logger
  journal: Journal
  clock: Clock
  metrics: Metrics | null
}

/**
 * Writes one log line a request instead of Fastify's two with their child logger, which would cost a third of the
 * throughput, and one journal entry, except for calls to the sandbox itself.
 */
export const requestLog = fp<{ deps: LogDeps }>(
  (app: FastifyInstance, { deps }) => {
    app.decorateReply('bodyText', '').decorateReply('isRecorded', false)
    app.addHook('onSend', (request, reply, payload, done) => {
      if (typeof payload === 'string') reply.bodyText = payload
      // If the client is gone, or goes before the answer is written, the other hook never runs.
      const end = () => {
        logUnanswered(deps, request, reply)
      }
      if (request.raw.socket.destroyed) end()
      else reply.raw.on('close', end)
      done()
    })
    app.addHook('onResponse', (request, reply, done) => {
      if (!reply.isRecorded) logAnswered(deps, request, reply)
      done()
    })
  },
  { name: 'request-log', dependencies: ['request-facts', 'error-answers'] },
)

/** Records a request that was answered. */
export function logAnswered(deps: LogDeps, request: FastifyRequest, reply: FastifyReply): void {
  reply.isRecorded = true
  const route = routeOf(request)
  writeLine(deps.logger, request, reply, reply.statusCode)
  // Open streams would distort the histogram.
  if (route.url !== '/_sandbox/live')
    deps.metrics?.request(measuredAs(request.url, route), reply.statusCode, reply.elapsedTime)
  addToJournal(deps, request, reply, { status: reply.statusCode, route })
}

/** Records a request whose connection ended before the whole answer, unless it is recorded already. */
export function logUnanswered(deps: LogDeps, request: FastifyRequest, reply: FastifyReply): void {
  if (reply.isRecorded) return
  reply.isRecorded = true
  const route = routeOf(request)
  writeLine(deps.logger, request, reply, null)
  deps.metrics?.request(measuredAs(request.url, route), null, reply.elapsedTime)
  addToJournal(deps, request, reply, { status: null, route })
}

/** Records a request that could not be parsed. */
export function logUnread({ logger, journal, clock, metrics }: LogDeps, refusal: SandboxError, body: string): void {
  const { statusCode: status, logged: error, hint } = refusal
  logger[levelOf(status, false)]({ status, error, hint }, 'request')
  metrics?.request('other', status, 0)
  journal.add(() => ({
    at: clock.now(),
    ms: 0,
    method: '',
    url: '',
    operation: null,
    accountId: null,
    orderId: null,
    status,
    requestHeaders: {},
    requestBody: '',
    responseHeaders: {},
    responseBody: body,
    message: refusal.message,
    hint,
    fault: null,
    warnings: none,
  }))
}

/** The route that a request matched, if any. */
interface Route {
  url: string | undefined
  operation: Operation | undefined
}

/** Read once, since Fastify builds `routeOptions` each time. */
function routeOf({ routeOptions: { url, config } }: FastifyRequest): Route {
  return { url, operation: config.operation }
}

/** Never the path: clients can make up any number of paths, and one may hold a token. */
function measuredAs(path: string, { url, operation }: Route): Measured {
  if (operation !== undefined) return operation
  if (isOfSandbox(path)) return 'sandbox'
  return url?.startsWith('/tests/') ? 'page' : 'other'
}

/** The line has no header, query or token, since any may hold a credential. */
function writeLine(logger: Logger, request: FastifyRequest, reply: FastifyReply, status: number | null) {
  const { refusal } = reply
  const { warnings } = request
  const level = levelOf(status, Boolean(warnings))
  // Checked first, since with LOG_LEVEL=warn hardly any line is written.
  if (!logger.isLevelEnabled(level)) return
  logger[level](
    {
      method: request.method,
      path: loggedPath(request.url),
      status: status ?? undefined,
      ms: Math.round(reply.elapsedTime * 100) / 100,
      request: request.id,
      account: accountOf(request) || undefined,
      order: request.orderId || undefined,
      fault: request.strike?.id,
      error: status === null ? 'the connection ended without a whole answer' : refusal?.logged,
      hint: refusal?.hint,
      warnings: warnings ? sentencesOf(warnings) : undefined,
    },
    'request',
  )
}

function addToJournal(
  { journal, clock }: LogDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { status, route }: { status: number | null; route: Route },
) {
  if (isOfSandbox(request.url)) return
  journal.add(() => ({
    at: clock.now(),
    ms: Math.round(reply.elapsedTime * 100) / 100,
    method: request.method,
    url: request.url,
    operation: route.operation ?? null,
    accountId: accountOf(request) || null,
    orderId: request.orderId || null,
    status,
    requestHeaders: request.headers,
    requestBody: orEmpty(request.bodyText),
    responseHeaders: reply.getHeaders(),
    responseBody: orEmpty(reply.bodyText),
    message: reply.refusal?.message ?? null,
    hint: reply.refusal?.hint ?? null,
    fault: request.strike?.id ?? null,
    warnings: request.warnings ? listWarnings(request.warnings) : none,
  }))
}

const none: readonly Warning[] = []

/**
 * The account that a request names, even if it was refused earlier: a client with a wrong key or path should find its
 * requests under its account.
 */
const accountOf = (request: FastifyRequest) => request.accountId || namedAccount(request)

function namedAccount({ headers }: FastifyRequest): string {
  const named = headers['x-account-id']
  return typeof named === 'string' ? named.slice(0, maxAccountLength) : ''
}

/** A request that Fastify refused before routing lacks the properties that plugins add. */
const orEmpty = (text: string | undefined) => text ?? ''

/** Refusals and likely mistakes are warnings, so that `LOG_LEVEL=warn` shows just those. */
function levelOf(status: number | null, isWarned: boolean) {
  if (status === 500) return 'error'
  return status === null || status >= 400 || isWarned ? 'warn' : 'info'
}
