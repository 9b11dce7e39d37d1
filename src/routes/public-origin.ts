import type { FastifyRequest } from 'fastify'
import { listeningAddress } from '../http/listening-address'

/**
 * The origin of generated links: `publicUrl` if it is set, otherwise the host that the client called if it is valid,
 * and the listening address if not.
 */
export function publicOrigin(publicUrl: string | null): (request: FastifyRequest) => string {
  if (publicUrl !== null) return () => publicUrl
  // Clients call the same host repeatedly, so it is parsed once, and all orders share one string.
  let last = { host: '', origin: '' }
  return ({ headers: { host }, protocol, server }) => {
    if (host === undefined) return listeningAddress(server.server)
    if (host !== last.host) last = { host, origin: originOf(protocol, host) ?? listeningAddress(server.server) }
    return last.origin
  }
}

const hostAndPort = /^([\w.-]{1,253}|\[[\da-f:.]+\])(:[1-9]\d*)?$/i
const label = /^\w([\w-]{0,61}\w)?$/

/**
 * Undefined unless it is a host: not with a path, credentials, `a..b`, `999.1.1.1`, or `1`, which a URL reads as
 * `0.0.0.1`.
 */
function originOf(protocol: string, host: string): string | undefined {
  const [, name = ''] = hostAndPort.exec(host) ?? []
  const isName = name.startsWith('[') || name.split('.').every((part) => label.test(part))
  if (!isName || !URL.canParse(`${protocol}://${host}`)) return undefined
  const { hostname, origin } = new URL(`${protocol}://${host}`)
  return name.startsWith('[') || hostname === name.toLowerCase() ? origin : undefined
}
