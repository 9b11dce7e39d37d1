import limiter from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Clock } from '../clock'
import { errors } from '../errors'
import type { RateLimits } from '../store/rate-limits'

/** Refuses what an API key asks for beyond `limit` calls a minute (contract: Authentication and account, 429). */
export const rateLimit = fp<{ limit: number; rateLimits: RateLimits; clock: Clock }>(
  async (app: FastifyInstance, { limit, rateLimits, clock }) => {
    /** Windows that end by the sandbox's clock. */
    class Windows {
      incr(key: string, done: (error: null, counted: { current: number; ttl: number }) => void) {
        done(null, rateLimits.count(key, clock.now()))
      }
      child() {
        return this
      }
    }
    await app.register(limiter, {
      max: limit,
      timeWindow: 60_000,
      store: Windows,
      keyGenerator: ({ headers }: FastifyRequest) => String(headers.authorization),
      errorResponseBuilder: () => errors.rateLimited(limit),
    })
  },
)
