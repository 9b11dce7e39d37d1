import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Control } from '../../control/control'

/**
 * The control for what a request asks: addresses that are handed out begin with the host that it called, and nothing
 * is waited for once its client is gone.
 */
export type RequestControl = (request: FastifyRequest, reply: FastifyReply) => Control
