import type { FastifyRequest } from 'fastify'
import { listeningAddress } from '../../listening-address'

const hostAndPort = /^([\w.-]+|\[[\da-f:.]+\])(:\d+)?$/i

/**
 * What the addresses that are handed out start with: `publicUrl` if it is set, else the host that the client called
 * when it is a valid one, else the address that the sandbox listens on.
 */
export function publicOrigin(publicUrl: string | null): (request: FastifyRequest) => string {
  if (publicUrl !== null) return () => publicUrl
  // A client calls one host again and again: parsing it once spares each order a URL, and all share one string.
  let last = { host: '', origin: '' }
  return ({ headers: { host }, server }) => {
    if (host === undefined || !hostAndPort.test(host)) return listeningAddress(server.server)
    if (host !== last.host) last = { host, origin: originOf(host) ?? listeningAddress(server.server) }
    return last.origin
  }
}

/** Undefined for what looks like a host and is none, such as `999.1.1.1` or a port over 65535. */
function originOf(host: string): string | undefined {
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).origin : undefined
}
