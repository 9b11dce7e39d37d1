import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Where a client on this machine reaches `server`, which listens: `http://127.0.0.1:4600`. */
export function listeningAddress(server: Server): string {
  const { address, port } = server.address() as AddressInfo
  return urlOf(address, port)
}

/** Where a client on this machine reaches what listens on `host` and `port`. All addresses include loopback. */
export function urlOf(host: string, port: number): string {
  const reachable = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${String(port)}`
}
