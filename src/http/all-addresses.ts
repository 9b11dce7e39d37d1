import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import { listeningAddress, urlOf } from './listening-address'
import { isSecure } from './tls'

/**
 * Every address at which clients reach `server`, which listens: first the one for this machine, and where it listens on
 * all, those for others.
 */
export function allAddresses(server: Server, interfaces = networkInterfaces()): [string, ...string[]] {
  const { address, port } = server.address() as AddressInfo
  const own = listeningAddress(server)
  if (address !== '0.0.0.0' && address !== '::') return [own]
  const others = Object.values(interfaces)
    .flatMap((each) => each ?? [])
    // Those that are only valid together with the name of an interface are of little use in a browser.
    .filter(({ internal, scopeid }) => !internal && !scopeid)
    .filter(({ family }) => family === 'IPv4' || address === '::')
  return [own, ...others.map((each) => urlOf({ host: each.address, port, isSecure: isSecure(server) }))]
}
