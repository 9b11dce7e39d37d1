import type { FastifyRequest } from 'fastify'
import { listeningAddress } from '../http/listening-address'

/**
 * What the addresses that are handed out start with: `publicUrl` if it is set, else the host that the client called
 * when it is a valid one, else the address that the sandbox listens on.
 */
export function publicOrigin(publicUrl: string | null): (request: FastifyRequest) => string {
  if (publicUrl !== null) return () => publicUrl
  // A client calls one host again and again: parsing it once spares each order a URL, and all share one string.
  let last = { host: '', origin: '' }
  return ({ headers: { host }, server }) => {
    if (host === undefined) return listeningAddress(server.server)
    if (host !== last.host) last = { host, origin: originOf(host) ?? listeningAddress(server.server) }
    return last.origin
  }
}

const hostAndPort = /^([\w.-]{1,253}|\[[\da-f:.]+\])(:[1-9]\d*)?$/i
const label = /^\w([\w-]{0,61}\w)?$/

/** Undefined for what is no host: a path, credentials, `a..b`, `999.1.1.1`, or `1`, which a URL takes for `0.0.0.1`. */
function originOf(host: string): string | undefined {
  const [, name = ''] = hostAndPort.exec(host) ?? []
  const isName = name.startsWith('[') || name.split('.').every((part) => label.test(part))
  if (!isName || !URL.canParse(`http://${host}`)) return undefined
  const { hostname, origin } = new URL(`http://${host}`)
  return name.startsWith('[') || hostname === name.toLowerCase() ? origin : undefined
}
