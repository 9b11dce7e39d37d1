import { type TObject, Type } from '@sinclair/typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { AccountQuerySchema } from '../../../schemas/control/builders'
import type { Call } from '../../control/call'
import type { Control } from '../../control/control'

/** `schema` with a summary and the tag of the control API. */
export const described = <S extends object>(summary: string, schema: S) => ({
  ...schema,
  summary,
  tags: ['Sandbox'],
})

/**
 * The route of a call, without its handler. Create it once for all sandboxes: validators and serialisers are compiled
 * per schema object.
 */
export function routeOf({ route: [method, url], summary, account, query, ...schema }: Call) {
  const { properties } = (query ?? {}) as Partial<TObject>
  const querystring = Type.Object({ ...AccountQuerySchema.properties, ...properties }, { additionalProperties: false })
  return { method, url, schema: described(summary, { ...schema, ...(account !== undefined && { querystring }) }) }
}

/** The account of a call; null for all. */
export const accountOf = ({ accountId }: FastifyRequest): string | null => accountId || null

/** The control for one request: its waits end once the client is gone, and generated links have its public origin. */
export type RequestControl = (request: FastifyRequest, reply: FastifyReply) => Control
