import underPressure from '@fastify/under-pressure'
import Fastify, { type FastifyInstance } from 'fastify'

/** Average event-loop delay in milliseconds over a second, above which other replicas should be used. */
export const mostLag = 250

/**
 * A server that never listens; its `isUnderPressure` reports whether this process is overloaded. It confines the
 * library's hook, which would answer 503 to every call: StackOne has no such answer.
 */
export async function watchEventLoop(): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify()
  await app.register(underPressure, { maxEventLoopDelay: mostLag })
  await app.ready()
  return app
}
