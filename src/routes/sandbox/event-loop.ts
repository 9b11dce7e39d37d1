import underPressure from '@fastify/under-pressure'
import Fastify, { type FastifyInstance } from 'fastify'

/** Milliseconds that the event loop may be late, on the average of a second, before others should be asked. */
export const mostLag = 250

/**
 * A server that never listens and tells with `isUnderPressure` whether this process has more to do than it can. The
 * library's hook, which would answer 503 to every call, stays in there: StackOne knows no such answer.
 */
export async function watchEventLoop(): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify()
  await app.register(underPressure, { maxEventLoopDelay: mostLag })
  await app.ready()
  return app
}
