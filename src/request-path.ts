import { unescape } from 'node:querystring'

/** The path of a request's `url`, without its query. */
export const pathOf = (url: string): string => url.replace(/\?.*$/s, '')

/**
 * The path as the log may tell it: without the query, which may hold a key, and without the token of a `test_url`,
 * however it is written: whoever reads the log must not get in by it.
 */
export function loggedPath(url: string): string {
  const path = pathOf(url)
  return path.startsWith('/unified/') || !unescape(path).includes('/tests/') ? path : '/tests/***'
}
