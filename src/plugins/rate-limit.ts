import limiter from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Clock } from '../clock'
import { errors } from '../errors'
import type { RateLimits } from '../store/rate-limits'

/** Refuses the calls of an API key beyond `limit` a minute (docs/contract.md: Authentication and accounts). */
export const rateLimit = fp<{ limit: number; rateLimits: RateLimits; clock: Clock }>(
  async (app: FastifyInstance, { limit, rateLimits, clock }) => {
    /** Windows by the sandbox's clock. */
    class Windows {
      incr(key: string, done: (error: Error | null, counted?: { current: number; ttl: number }) => void) {
        const counted = rateLimits.count(key, clock.now())
        if (!(counted instanceof Promise)) done(null, counted)
        else
          counted.then((counted) => {
            done(null, counted)
          }, done)
      }
      /** For routes with a limit of their own, which do not exist here. */
      declare child: () => Windows
    }
    await app.register(limiter, {
      max: limit,
      timeWindow: 60_000,
      store: Windows,
      keyGenerator: keyOf,
      errorResponseBuilder: () => errors.rateLimited(limit),
    })
  },
  { name: 'rate-limit', dependencies: ['authentication'] },
)

/** Decoded, since a key can be written in many ways: with `basic`, any number of = at the end, or without its colon. */
function keyOf({ headers }: FastifyRequest): string {
  const text = Buffer.from(String(headers.authorization).slice('Basic '.length), 'base64').toString()
  return text.includes(':') ? text : `${text}:`
}
