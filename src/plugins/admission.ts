import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { errors, type SandboxError } from '../errors'
import { deliveryHeader } from '../http/delivery-header'
import { nothingHere } from './nothing-here'

/** A host and a port as RFC 3986 (3.2.2) has them; an empty one names nobody. */
const host = /^(?:\[[\da-f:.]+\]|(?:[\w.~!$&'()*+,;=-]|%[\da-f]{2})+)(?::\d*)?$/i

/**
 * Refuses what no path may answer: a request that does not say which host it is for (RFC 9112, 3.2), and whatever a
 * sandbox sent. A webhook that points at a sandbox would else control it, and make orders that make webhooks call again.
 */
export const admission = fp(
  (app: FastifyInstance) => {
    app.addHook('onRequest', (request, _reply, done) => {
      const { raw, params } = request
      if (raw.headers[deliveryHeader] !== undefined) done(errors.ownDelivery())
      // A path that ends with a slash fits a route with an id, and has none.
      else if ((params as { id?: string }).id === '') done(nothingHere(request))
      else done(whyHostless(raw))
    })
  },
  { name: 'admission' },
)

function whyHostless({ headers, rawHeaders, httpVersion }: IncomingMessage): SandboxError | undefined {
  // Of an absolute form it is the authority, whatever Host says.
  if (headers.host !== undefined && !host.test(headers.host))
    return errors.wrongHost('it is not a host name or an address')
  // Node keeps the first alone.
  let lines = 0
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]
    if (name?.length === 4 && name.toLowerCase() === 'host') lines++
  }
  if (lines > 1) return errors.wrongHost('it is given twice')
  return lines === 0 && httpVersion !== '1.0' ? errors.wrongHost('it is missing') : undefined
}
