import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isSecure } from './tls'

/** Where a client on this machine reaches `server`, which listens: `http://127.0.0.1:4600`. */
export function listeningAddress(server: Server): string {
  const { address, port } = server.address() as AddressInfo
  return urlOf({ host: address, port, isSecure: isSecure(server) })
}

/** Where a client on this machine reaches what listens on `host` and `port`. All addresses include loopback. */
export function urlOf({ host, port, isSecure }: { host: string; port: number; isSecure: boolean }): string {
  const reachable = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host
  return `${isSecure ? 'https' : 'http'}://${reachable.includes(':') ? `[${reachable}]` : reachable}:${String(port)}`
}
