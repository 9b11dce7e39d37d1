import { type TObject, Type } from '@sinclair/typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { AccountQuerySchema } from '../../../schemas/control/builders'
import type { Call } from '../../control/call'
import type { Control } from '../../control/control'

/** `schema` under the tag of the control API, with what it does. */
export const described = <S extends object>(summary: string, schema: S) => ({
  ...schema,
  summary,
  tags: ['Sandbox'],
})

/**
 * The route of a call, without its handler. Make it once for all sandboxes: validators and serialisers are compiled once
 * for each schema object.
 */
export function routeOf({ route: [method, url], summary, account, query, ...schema }: Call) {
  const { properties } = (query ?? {}) as Partial<TObject>
  const querystring = Type.Object({ ...AccountQuerySchema.properties, ...properties }, { additionalProperties: false })
  return { method, url, schema: described(summary, { ...schema, ...(account !== undefined && { querystring }) }) }
}

/** The account that a call is about; null: all. */
export const accountOf = ({ accountId }: FastifyRequest): string | null => accountId || null

/**
 * The control for what a request asks: addresses that are handed out begin with the host that it called, and nothing
 * is waited for once its client is gone.
 */
export type RequestControl = (request: FastifyRequest, reply: FastifyReply) => Control
