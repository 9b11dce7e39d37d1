import type { LookupAddress } from 'node:dns'
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Where deliveries may go: `SANDBOX_CALLBACK_TARGETS`. A list holds host names or addresses. */
export type CallbackTargets = 'private' | 'none' | 'any' | readonly string[]

/** All addresses of a host name; rejects with Node's error when there are none. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>

/** A checked target: only `addresses` may be dialled. */
export interface AllowedTarget {
  url: URL
  addresses: readonly [LookupAddress, ...LookupAddress[]]
}

/** Why nothing is sent: the message names the setting that would allow it, if there is one. */
export class BlockedTarget extends Error {
  override readonly name = 'BlockedTarget'
}

/** The ranges that `private` allows, as ipaddr.js names them. */
const privateRanges = ['loopback', 'private', 'uniqueLocal']
/** The ranges that `any` and a list allow. No setting allows others, including those that ipaddr.js may add. */
const sendableRanges = [...privateRanges, 'unicast', 'carrierGradeNat', 'translated']

/** Ranges that ipaddr.js does not know, or treats as part of a larger one. */
const ownRanges = {
  // Services that hand out credentials; those in 169.254.0.0/16 and 192.0.0.0/24 are refused with their range.
  cloudMetadata: [
    '100.100.100.200/32', // Alibaba
    'fd00:100::100:200/128', // Alibaba
    'fd00:ec2::/32', // AWS: instance metadata is ::254, the credentials of pods are ::23
    '168.63.129.16/32', // Azure
    'fd20:ce::254/128', // Google
    'fd00:a9fe:a9fe::1/128', // Linode
    'fd00:c1::a9fe:a9fe/128', // Oracle
    'fd00:42::42/128', // Scaleway
  ].map((subnet) => ipaddr.parseCIDR(subnet)),
  nat64: ipaddr.parseCIDR('64:ff9b::/96'),
}
/** All of IPv6 that is allocated. The rest is unused or, like `::a.b.c.d`, deprecated. */
const globalIpv6 = ipaddr.parseCIDR('2000::/3')

/**
 * Checks whether a delivery may go to `address`, which a client supplied, and resolves its host where that is allowed.
 * Rejects with a `BlockedTarget`, or with the error of `resolve`. Messages repeat nothing of `address` but its host.
 */
export async function checkTarget(address: string, targets: CallbackTargets, resolve: Resolve): Promise<AllowedTarget> {
  if (targets === 'none')
    throw new BlockedTarget('SANDBOX_CALLBACK_TARGETS is none, so nothing is sent: set it to private to allow it.')
  const url = parseTarget(address)
  checkListed(url, targets)
  const addresses = await addressesOf(url, resolve)
  // A name may be dialled on any of its addresses, so all of them must be allowed.
  for (const each of addresses) checkAddress(url, each.address, targets)
  return { url, addresses }
}

/** `address` as a URL that a delivery can be sent to. */
function parseTarget(address: string): URL {
  if (!URL.canParse(address))
    throw new BlockedTarget('The address is not a URL: write it in full, such as http://127.0.0.1:3000/hook.')
  const url = new URL(address)
  // The scheme is not repeated: in `user:password@host` it is the user.
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new BlockedTarget('The address has a wrong scheme or none: use http:// or https://.')
  if (url.username !== '' || url.password !== '')
    throw new BlockedTarget(`The address at ${shown(url)} contains credentials: remove the part before the @.`)
  return url
}

/** Refuses a host that is not in the list. */
function checkListed(url: URL, targets: CallbackTargets): void {
  if (typeof targets === 'string' || targets.some((entry) => normalHost(entry) === normalHost(url.hostname))) return
  throw new BlockedTarget(`${shown(url)} is not in SANDBOX_CALLBACK_TARGETS: add it to allow it.`)
}

/** The addresses of the URL's host: itself if it is one, else looked up. */
async function addressesOf(url: URL, resolve: Resolve): Promise<AllowedTarget['addresses']> {
  const address = withoutBrackets(url.hostname)
  const family = isIP(address)
  if (family !== 0) return [{ address, family }]
  const [first, ...others] = await resolve(url.hostname)
  if (first === undefined)
    throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${shown(url)}`), { code: 'ENOTFOUND', syscall: 'getaddrinfo' })
  return [first, ...others]
}

/** Refuses an address of the URL's host that `targets` does not allow. */
function checkAddress(url: URL, address: string, targets: CallbackTargets): void {
  const range = rangeOf(address)
  const hostIs = `${shown(url)} is ${address === withoutBrackets(url.hostname) ? '' : `${address}, which is `}`
  if (!sendableRanges.includes(range))
    throw new BlockedTarget(`${hostIs}in the range ${range}: deliveries never go there, whatever the setting.`)
  if (targets === 'private' && !privateRanges.includes(range))
    throw new BlockedTarget(
      `${hostIs}not a private address: set SANDBOX_CALLBACK_TARGETS=${shown(url)} (or any) to allow it.`,
    )
}

/** The range of an address, as ipaddr.js or `ownRanges` names it. */
function rangeOf(address: string): string {
  // Normalised first, since ipaddr.js reads ::127.0.0.1, which Node writes as ::7f00:1, as ::ffff:127.0.0.1.
  const host = isIP(address) === 0 ? undefined : normalHost(address)
  return host === undefined ? 'invalid' : rangeOfParsed(ipaddr.parse(withoutBrackets(host)))
}

function rangeOfParsed(address: ipaddr.IPv4 | ipaddr.IPv6): string {
  const range = ipaddr.subnetMatch(address, ownRanges, address.range())
  if (range === 'ipv4Mapped') return rangeOfIpv4At(address, 12)
  if (range === 'nat64') return translated(rangeOfIpv4At(address, 12))
  if (range === '6to4') return translated(rangeOfIpv4At(address, 2))
  const isUnused = range === 'unicast' && address.kind() === 'ipv6' && !address.match(globalIpv6)
  return isUnused ? 'reserved' : range
}

/** The range of the IPv4 address embedded in an IPv6 address at byte `offset`. */
const rangeOfIpv4At = (address: ipaddr.IPv4 | ipaddr.IPv6, offset: number) =>
  rangeOfParsed(new ipaddr.IPv4(address.toByteArray().slice(offset, offset + 4)))

/** The range of an address that a gateway translates to IPv4: not private, since the gateway may be anywhere. */
const translated = (range: string) => (sendableRanges.includes(range) ? 'translated' : range)

/** A host or an address as the URL parser writes it, without a trailing dot; undefined when it is neither. */
function normalHost(host: string): string | undefined {
  const url = `http://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}`
  return URL.canParse(url) ? new URL(url).hostname.replace(/\.$/, '') : undefined
}

const withoutBrackets = (host: string) => host.replace(/^\[|\]$/g, '')

/** The URL's host as messages show it. */
const shown = (url: URL) => url.hostname.slice(0, 255)
