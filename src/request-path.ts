import { unescape } from 'node:querystring'

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
