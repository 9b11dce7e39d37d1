import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyRequest {
    /** The account of the call; empty if it has none. */
    accountId: string
    /** The order that the call is about; empty if it is about none. */
    orderId: string
  }
}

/** The account and the order of a call: set by plugins and routes, read by the log and the journal. */
export const requestFacts = fp(
  (app: FastifyInstance) => {
    app.decorateRequest('accountId', '').decorateRequest('orderId', '')
  },
  { name: 'request-facts' },
)
