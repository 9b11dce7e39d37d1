import type { IncomingMessage } from 'node:http'
import { unescape } from 'node:querystring'

/** A scheme and an authority before the path, as for a proxy (RFC 9112, 3.2.2). */
const absoluteForm = /^https?:\/\/([^/?#]*)/i
/** Characters that mean the same with and without percent-encoding (RFC 3986, 2.3). */
const unreserved = /%(?:2d|2e|3\d|4[1-9a-f]|5[0-9af]|6[1-9a-f]|7[0-9ae])/gi

/**
 * Decides what a request is before anything looks at it: returns its target as a path and a query in their normal form,
 * and has the `Host` say what an absolute form names. A double slash stays in a path that is StackOne's to judge.
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
 * The path as the log may tell it: without the query, which may hold a key, and without the token of a `test_url`,
 * however it is written: whoever reads the log must not get in by it.
 */
export function loggedPath(url: string): string {
  const path = pathOf(url)
  return path.startsWith('/unified/') || !unescape(path).includes('/tests/') ? path : '/tests/***'
}

const ownPaths = /^\/(_sandbox(\/|$)|docs(\/|$)|openapi\.json$|metrics$|favicon\.ico$|$)/

/** Whether `url` is the sandbox's own and nothing of StackOne's or of a candidate: such calls are not in the journal. */
export const isOfSandbox = (url: string): boolean => ownPaths.test(pathOf(url))
