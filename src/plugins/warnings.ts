import { type TObject, type TSchema, Type } from '@sinclair/typebox'
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import fp from 'fastify-plugin'
import { errors } from '../errors'
import { suspicions, unknownProperties } from '../validation/suspicions'
import { addWarnings, hasWarnings, noWarnings, warningHeader, type Warnings, warningsOf } from '../warnings'

declare module 'fastify' {
  interface FastifyRequest {
    /** Its likely mistakes; null if there are none, undefined outside the emulated API. */
    warnings: Warnings | null | undefined
  }
  interface FastifyContextConfig {
    /** Finds likely mistakes that are specific to this route. */
    suspect?: (request: FastifyRequest) => Warnings | Promise<Warnings>
  }
}

/**
 * Warns about likely mistakes that the published schemas accept: StackOne would ignore them silently, and a client's
 * test would be green. With `strict` they are refused.
 */
export const warnings = fp<{ strict: boolean }>(
  (app: FastifyInstance, { strict }) => {
    app.decorateRequest('warnings', null)
    app.addHook('onRoute', (route) => {
      const suspect = suspectFor(route)
      function judge(found: Warnings, request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void) {
        if (hasWarnings(found) && strict) {
          done(errors.suspicious(found))
          return
        }
        warn(request, reply, found)
        if (route.schema?.deprecated === true) warn(request, reply, withdrawn)
        done()
      }
      route.preHandler = [
        ...[route.preHandler ?? []].flat(),
        (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void) => {
          const found = suspect(request)
          if (!(found instanceof Promise)) judge(found, request, reply, done)
          else
            found.then((found) => {
              judge(found, request, reply, done)
            }, done)
        },
      ]
    })
  },
  { name: 'warnings' },
)

const withdrawn = warningsOf({
  path: 'path',
  message: 'StackOne has withdrawn this call: it is no longer documented, and may stop working any day',
})

/** Adds warnings to an answer. */
export function warn(request: FastifyRequest, reply: FastifyReply, found: Warnings): void {
  if (!hasWarnings(found)) return
  request.warnings = request.warnings ? addWarnings(request.warnings, found) : found
  reply.header('x-sandbox-warning', warningHeader(request.warnings))
}

/** Finds likely mistakes in body and query of a route's requests. */
function suspectFor({ schema, config }: RouteOptions): (request: FastifyRequest) => Warnings | Promise<Warnings> {
  const body = schema?.body === undefined ? null : suspicions(schema.body as TSchema, 'body')
  const query = suspicions((schema?.querystring as TSchema | undefined) ?? noQuery, 'query')
  const readable = namesOfData(schema?.response as Answers | undefined)
  return (request) => {
    let found = body === null ? noWarnings : body(request.body)
    const inQuery = query(request.query)
    if (hasWarnings(inQuery)) found = addWarnings(found, inQuery)
    const { fields } = request.query as { fields?: unknown }
    if (typeof fields === 'string') found = addWarnings(found, unknownProperties('fields', fields, readable))
    const besides = config?.suspect?.(request)
    if (besides instanceof Promise) return besides.then((besides) => both(found, besides))
    return besides === undefined ? found : both(found, besides)
  }
}

const both = (found: Warnings, besides: Warnings) => (hasWarnings(besides) ? addWarnings(found, besides) : found)

/** The properties of a route's `data`, or of its entries: those that `fields` can name. */
function namesOfData(answers: Answers | undefined): string[] {
  const data = (answers?.[200]?.['properties'] as Record<string, TSchema> | undefined)?.['data']
  const item = (data?.['items'] ?? data) as TSchema | undefined
  return Object.keys((item?.['properties'] ?? {}) as object)
}

type Answers = Readonly<Partial<Record<number, TSchema>>>

const noQuery: TObject = Type.Object({})
