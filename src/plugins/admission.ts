import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { errors, type SandboxError } from '../errors'
import { deliveryHeader } from '../http/delivery-header'
import { nothingHere } from './nothing-here'

/** A host and a port by RFC 3986 (3.2.2). An empty host is invalid. */
const host = /^(?:\[[\da-f:.]+\]|(?:[\w.~!$&'()*+,;=-]|%[\da-f]{2})+)(?::\d*)?$/i

/**
 * Refuses requests on any path that have no valid host (RFC 9112, 3.2), or that a sandbox sent. Otherwise a webhook
 * that points at a sandbox could control it, or order in an endless loop.
 */
export const admission = fp(
  (app: FastifyInstance) => {
    app.addHook('onRequest', (request, _reply, done) => {
      const { raw, params } = request
      if (raw.headers[deliveryHeader] !== undefined) done(errors.ownDelivery())
      // A path that ends with a slash matches a route with an empty id.
      else if ((params as { id?: string }).id === '') done(nothingHere(request))
      else done(whyHostless(raw))
    })
  },
  { name: 'admission' },
)

function whyHostless({ headers, rawHeaders, httpVersion }: IncomingMessage): SandboxError | undefined {
  // With a target in absolute form, this is its authority.
  if (headers.host !== undefined && !host.test(headers.host))
    return errors.wrongHost('it is not a host name or an address')
  // Node keeps only the first of them.
  let lines = 0
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]
    if (name?.length === 4 && name.toLowerCase() === 'host') lines++
  }
  if (lines > 1) return errors.wrongHost('it is given twice')
  return lines === 0 && httpVersion !== '1.0' ? errors.wrongHost('it is missing') : undefined
}
