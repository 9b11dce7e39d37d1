import { type TSchema, Type } from '@sinclair/typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Control } from '../../control/control'

/** `schema` under the tag of the control API, with what it does. */
export const described = <S extends object>(summary: string, schema: S) => ({
  ...schema,
  summary,
  tags: ['Sandbox'],
})

export const listOf = <T extends TSchema>(item: T, description: string) => Type.Array(item, { description })

/** Answer without a body. */
export const nothing = (description: string) => Type.Null({ description })

/** The account that a call is about; null: all. */
export const accountOf = ({ accountId }: FastifyRequest): string | null => accountId || null

/**
 * The control for what a request asks: addresses that are handed out begin with the host that it called, and nothing
 * is waited for once its client is gone.
 */
export type RequestControl = (request: FastifyRequest, reply: FastifyReply) => Control
