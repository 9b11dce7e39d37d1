import type { IncomingMessage } from 'node:http'
import { unescape } from 'node:querystring'

/** A scheme and an authority before the path, as for a proxy (RFC 9112, 3.2.2). */
const absoluteForm = /^https?:\/\/([^/?#]*)/i
/** Percent-encoded characters that mean the same without the encoding (RFC 3986, 2.3). */
const unreserved = /%(?:2d|2e|3\d|4[1-9a-f]|5[0-9af]|6[1-9a-f]|7[0-9ae])/gi

/**
 * Normalises the target of a request before anything else sees it: returns its path and query, and sets `Host` from an
 * absolute form. A double slash stays in StackOne's paths, since the real service sees it too.
 */
export function normalTarget(request: Pick<IncomingMessage, 'url' | 'headers'>): string {
  const { url = '' } = request
  if (url.startsWith('/') && !/[%#]|\/[./]/.test(url)) return url
  const [origin, authority] = absoluteForm.exec(url) ?? ['']
  if (authority !== undefined) request.headers.host = authority
  const target = url.slice(origin.length).replace(/#.*$/s, '')
  const path = pathOf(target)
  if (!path.startsWith('/') && authority === undefined) return target
  const decoded = path.replace(unreserved, (code) => String.fromCharCode(parseInt(code.slice(1), 16)))
  const whole = decoded === '' ? '/' : withoutDots(decoded)
  const merged = whole.replace(/\/{2,}/g, '/')
  return (isOfSandbox(merged) || merged.startsWith('/tests/') ? merged : whole) + target.slice(path.length)
}

/** Resolves `.` and `..` (RFC 3986, 5.2.4). */
function withoutDots(path: string): string {
  const kept: string[] = []
  const segments = path.split('/')
  for (const segment of segments) {
    if (segment === '..') kept.splice(Math.max(1, kept.length - 1))
    else if (segment !== '.') kept.push(segment)
  }
  const last = segments.at(-1)
  return kept.join('/') + (last === '.' || last === '..' ? '/' : '')
}

/** The path of a request's `url`, without its query. */
export function pathOf(url: string): string {
  const query = url.indexOf('?')
  return query === -1 ? url : url.slice(0, query)
}

/**
 * The path as it may be logged: without the query, which may hold a key, and without the token of a `test_url`, however
 * it is encoded, since readers of the log must not be able to open the test.
 */
export function loggedPath(url: string): string {
  const path = pathOf(url)
  return path.startsWith('/unified/') || !unescape(path).includes('/tests/') ? path : '/tests/***'
}

const ownPaths = /^\/(_sandbox(\/|$)|docs(\/|$)|openapi\.json$|llms\.txt$|metrics$|favicon\.ico$|$)/

/** Whether `url` belongs to the sandbox itself, not to StackOne or a candidate. The journal leaves such calls out. */
export const isOfSandbox = (url: string): boolean => ownPaths.test(pathOf(url))
