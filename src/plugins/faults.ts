import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { FaultToAdd } from '../../schemas/control/faults'
import type { Clock } from '../clock'
import { provokedError } from '../errors'
import { fractionOf } from '../ids'
import type { Faults, Strike } from '../store/faults'
import { SettingsChanged } from '../store/settings-changed'
import { refuse, stackoneBody } from './error-answers'
import { asksForHeartbeat } from './heartbeat'
import { type LogDeps, logUnanswered } from './request-log'

declare module 'fastify' {
  interface FastifyRequest {
    /** The fault that applies to it; null if none does, undefined outside the emulated API. */
    strike: Strike | null | undefined
  }
}

/** Milliseconds between the newlines that keep a connection alive; the real interval is unknown. */
const heartbeat = 1_000

/** Applies faults to calls, once the account is known and the body was read. */
export const faultInjection = fp<{ deps: LogDeps & { faults: Faults } }>(
  (app: FastifyInstance, { deps }) => {
    const { faults, clock } = deps
    app.decorateRequest('strike', null)

    /** Calls `goOn` unless a fault answers instead of the operation. */
    function apply(strike: Strike | null, request: FastifyRequest, reply: FastifyReply, goOn: () => void) {
      if (strike === null) {
        goOn()
        return
      }
      request.strike = strike
      reply.raw.once('close', () => {
        if (!reply.raw.writableFinished) logUnanswered(deps, request, reply)
      })
      delay(strike, request, reply, clock, () => {
        answer(strike, request, reply, clock, goOn)
      })
    }

    /** Requests that the store has already counted for its faults. */
    const seen = new WeakSet<FastifyRequest>()

    function look(request: FastifyRequest): ReturnType<Faults['strike']> {
      const strike = faults.strike(request.accountId, request.routeOptions.config.operation)
      if (strike instanceof Promise) seen.add(request)
      return strike
    }

    app.addHook('preValidation', (request, reply, done) => {
      const strike = look(request)
      if (!(strike instanceof Promise)) apply(strike, request, reply, done)
      else
        strike.then((strike) => {
          apply(strike, request, reply, done)
        }, done)
    })

    // Runs the handler again when the store refused an order because settings had changed since faults were looked up.
    app.addHook('onRoute', (route) => {
      const { handler } = route
      route.handler = async function again(this: FastifyInstance, request, reply): Promise<unknown> {
        try {
          return await handler.call(this, request, reply)
        } catch (error) {
          if (!(error instanceof SettingsChanged)) throw error
          if (!seen.has(request)) {
            const strike = await look(request)
            await new Promise<void>((goOn) => {
              apply(strike, request, reply, goOn)
            })
          }
          return again.call(this, request, reply)
        }
      }
    })

    app.addHook('onSend', (request, reply, payload, done) => {
      const broken = request.strike?.fault.answer
      if (broken === undefined || typeof payload !== 'string' || reply.statusCode >= 400) done(null, payload)
      else breakBody(broken, payload, request, reply, done)
    })
  },
  { name: 'faults', dependencies: ['request-facts', 'request-log', 'error-answers'] },
)

/** Calls `then` after the fault's delay. Clients that asked for a heartbeat receive newlines meanwhile. */
function delay({ id, fault }: Strike, request: FastifyRequest, reply: FastifyReply, clock: Clock, then: () => void) {
  const { delayMs: from = 0, delayToMs: to = from } = fault
  const ms = Math.round(from + (to - from) * fractionOf(`${id}:${request.id}`))
  if (ms === 0) {
    then()
    return
  }
  let stopBeating: (() => void) | undefined
  // Scheduled before the first beat, so that it runs first if both are due.
  clock.at(clock.now() + ms, () => {
    stopBeating?.()
    then()
  })
  // An answer to HEAD has no body.
  const mayBeat = isPlainDelay(fault) && request.method !== 'HEAD'
  if (mayBeat && asksForHeartbeat(request)) {
    stopBeating = beat(reply, clock)
    // A client that left hears no beats. The operation is carried out all the same, as StackOne would.
    reply.raw.once('close', stopBeating)
  }
}

const isPlainDelay = ({ status, answer: broken }: FaultToAdd) => status === undefined && broken === undefined

/** Sends newlines. The status goes out with the first one, so it is 200 whatever the outcome. */
function beat(reply: FastifyReply, clock: Clock): () => void {
  let callOff: () => void
  const next = () => {
    callOff = clock.at(clock.now() + heartbeat, () => {
      if (!reply.raw.headersSent) {
        reply.raw.setHeader('preference-applied', 'heartbeat')
        reply.raw.setHeader('content-type', 'application/json; charset=utf-8')
        reply.raw.flushHeaders()
        // Fastify would write the head again with the answer.
        reply.raw.writeHead = () => reply.raw
      }
      reply.raw.write('\n')
      next()
    })
  }
  next()
  return () => {
    callOff()
  }
}

function answer(
  { id, fault }: Strike,
  request: FastifyRequest,
  reply: FastifyReply,
  clock: Clock,
  goOn: () => void,
): void {
  const { status, answer: broken } = fault
  if (status !== undefined) {
    const retryAfter = fault.retryAfter ?? (status === 408 || status === 429 ? 60 : undefined)
    if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter))
    // Not thrown, since the error handler takes a 500 for a defect.
    void refuse(provokedError(status, fault, id), reply, request, stackoneBody(clock))
  } else if (broken === 'none') {
    reply.hijack()
  } else if (broken === 'reset') {
    reply.hijack()
    request.raw.socket.resetAndDestroy()
  } else goOn()
}

function breakBody(
  broken: NonNullable<FaultToAdd['answer']>,
  payload: string,
  request: FastifyRequest,
  reply: FastifyReply,
  done: (error: null, payload: unknown) => void,
): void {
  const half = payload.slice(0, Math.ceil(payload.length / 2))
  switch (broken) {
    case 'truncated-json':
      reply.bodyText = half
      done(null, half)
      break
    case 'not-json':
      reply.header('content-type', 'text/html; charset=utf-8')
      reply.bodyText = '<!doctype html><title>Welcome</title><p>This is not JSON.</p>'
      done(null, reply.bodyText)
      break
    default:
      // `done` is never called: neither Fastify nor Node would break the connection midway.
      reply.hijack()
      reply.bodyText = half
      reply.raw.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) })
      reply.raw.write(half, () => {
        request.raw.socket.resetAndDestroy()
      })
  }
}
