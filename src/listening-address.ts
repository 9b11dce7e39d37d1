import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Where a client on this machine reaches `server`, which listens: `http://127.0.0.1:4600`. All addresses include loopback. */
export function listeningAddress(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo
  const reachable = { '0.0.0.0': '127.0.0.1', '::': '::1' }[address] ?? address
  return `http://${family === 'IPv6' ? `[${reachable}]` : reachable}:${String(port)}`
}
