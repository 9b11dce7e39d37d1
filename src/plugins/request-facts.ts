import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyRequest {
    /** The account that the call is made for; empty when it has none. */
    accountId: string
    /** The order that the call is about; empty when there is none. */
    orderId: string
  }
}

/** Whose call it is and what about: filled in by plugins and routes, read by the log and the journal. */
export const requestFacts = fp(
  (app: FastifyInstance) => {
    app.decorateRequest('accountId', '').decorateRequest('orderId', '')
  },
  { name: 'request-facts' },
)
