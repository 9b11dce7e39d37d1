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
    /** The operation of the emulated API, as faults and the journal call it. */
    operation?: Operation
  }
  interface FastifyReply {
    /** The body that was answered; empty when there is none yet. */
    bodyText: string
  }
}

export interface LogDeps {
  logger: Logger
  journal: Journal
  clock: Clock
  metrics: Metrics | null
}

/**
 * One line a request, in place of Fastify's two and their child logger, which would cost a third of the throughput; and
 * one entry in the journal, but for calls to the sandbox itself.
 */
export const requestLog = fp<{ deps: LogDeps }>(
  (app: FastifyInstance, { deps }) => {
    app.decorateReply('bodyText', '')
    app.addHook('onSend', (_request, reply, payload, done) => {
      if (typeof payload === 'string') reply.bodyText = payload
      done()
    })
    app.addHook('onResponse', (request, reply, done) => {
      logAnswered(deps, request, reply)
      done()
    })
  },
  { name: 'request-log', dependencies: ['request-facts', 'error-answers'] },
)

/** Tells of an answered request. */
export function logAnswered(deps: LogDeps, request: FastifyRequest, reply: FastifyReply): void {
  writeLine(deps.logger, request, reply, reply.statusCode)
  // Open streams would distort the histogram.
  if (request.routeOptions.url !== '/_sandbox/live')
    deps.metrics?.request(measuredAs(request), reply.statusCode, reply.elapsedTime)
  addToJournal(deps, request, reply, reply.statusCode)
}

/** Tells of a request whose connection ended without a whole answer. */
export function logUnanswered(deps: LogDeps, request: FastifyRequest, reply: FastifyReply): void {
  writeLine(deps.logger, request, reply, null)
  deps.metrics?.request(measuredAs(request), null, reply.elapsedTime)
  addToJournal(deps, request, reply, null)
}

/** Tells of a request that was refused before it could be read. */
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

/** Never the path: there is no end of paths, and one may hold a token. */
function measuredAs({ url, routeOptions }: FastifyRequest): Measured {
  if (routeOptions.config.operation !== undefined) return routeOptions.config.operation
  if (isOfSandbox(url)) return 'sandbox'
  return routeOptions.url?.startsWith('/tests/') ? 'page' : 'other'
}

/** No header, query or token is in the line: any may hold a credential. */
function writeLine(logger: Logger, request: FastifyRequest, reply: FastifyReply, status: number | null) {
  const { refusal } = reply
  const { warnings } = request
  const level = levelOf(status, Boolean(warnings))
  // Asked before the line is made up: with LOG_LEVEL=warn nearly none is written.
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
  status: number | null,
) {
  if (isOfSandbox(request.url)) return
  journal.add(() => ({
    at: clock.now(),
    ms: Math.round(reply.elapsedTime * 100) / 100,
    method: request.method,
    url: request.url,
    operation: request.routeOptions.config.operation ?? null,
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
 * The account that a request names, also where it was refused before that was looked at: a client with a wrong key or
 * a wrong path is to be found among the requests of its account.
 */
const accountOf = (request: FastifyRequest) => request.accountId || namedAccount(request)

function namedAccount({ headers }: FastifyRequest): string {
  const named = headers['x-account-id']
  return typeof named === 'string' ? named.slice(0, maxAccountLength) : ''
}

/** A request that Fastify refused before it looked for a route lacks what plugins add to requests. */
const orEmpty = (text: string | undefined) => text ?? ''

/** What was refused or looks like a mistake is a warning, so that `LOG_LEVEL=warn` shows that alone. */
function levelOf(status: number | null, isWarned: boolean) {
  if (status === 500) return 'error'
  return status === null || status >= 400 || isWarned ? 'warn' : 'info'
}
