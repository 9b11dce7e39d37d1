import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { errors } from '../errors'

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as it was received, before it was parsed; empty when there was none. */
    bodyText: string
  }
}

/** Deeper JSON is refused: serialising it again would overflow the stack. Assumed; the real limit is unknown. */
export const maxDepth = 100

/** Takes JSON and nothing else; keeps the text beside the parsed value. */
export const jsonBody = fp((app: FastifyInstance) => {
  app.decorateRequest('bodyText', '')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text: string, done) => {
    // Nothing reads a body where nothing is: the path is what is wrong then.
    try {
      done(null, request.is404 ? undefined : parseJson((request.bodyText = text)))
    } catch (error) {
      done(error as Error)
    }
  })
})

/** Plain `JSON.parse`: a property named `__proto__` becomes an own one, and the sandbox never copies properties. */
function parseJson(json: string): unknown {
  if (json === '') throw errors.emptyBody()
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (error) {
    throw errors.malformedJson((error as Error).message)
  }
  if (isDeeperThan(maxDepth, value)) throw errors.nestedTooDeep(maxDepth)
  return value
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (levels === 0) return true
  // A loop, since this runs for every value of every body; parsed JSON has no inherited properties to skip.
  for (const name in value) {
    if (isDeeperThan(levels - 1, (value as Record<string, unknown>)[name])) return true
  }
  return false
}
