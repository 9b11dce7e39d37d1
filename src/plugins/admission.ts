import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { deliveryHeader } from '../callbacks/delivery-header'
import { errors, type SandboxError } from '../errors'

/** A host and a port as RFC 3986 (3.2.2) has them; an empty one names nobody. */
const host = /^(?:\[[\da-f:.]+\]|(?:[\w.~!$&'()*+,;=-]|%[\da-f]{2})+)(?::\d*)?$/i

/**
 * Refuses what no path may answer: a request that does not say which host it is for (RFC 9112, 3.2), and whatever a
 * sandbox sent. A webhook that points at a sandbox would else control it, and make orders that make webhooks call again.
 */
export const admission = fp((app: FastifyInstance) => {
  app.addHook('onRequest', ({ raw }, _reply, done) => {
    done(whyHostless(raw) ?? (raw.headers[deliveryHeader] === undefined ? undefined : errors.ownDelivery()))
  })
})

function whyHostless({ headers, rawHeaders, httpVersion }: IncomingMessage): SandboxError | undefined {
  if (headers.host === undefined) return httpVersion === '1.0' ? undefined : errors.wrongHost('it is missing')
  if (!host.test(headers.host)) return errors.wrongHost('it is not a host name or an address')
  // Node keeps the first alone.
  let lines = 0
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]
    if (name?.length === 4 && name.toLowerCase() === 'host') lines++
  }
  return lines > 1 ? errors.wrongHost('it is given twice') : undefined
}
