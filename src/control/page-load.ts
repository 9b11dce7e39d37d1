import { pathOf } from '../http/request-path'
import type { Recorded } from '../store/records'

/**
 * Whether a request loads the page behind a `test_url`, or sends one of its forms: browsers do that, not clients of the
 * API. A mistyped path, a test that doesn't exist, and a result that is sent to the page are mistakes of a client.
 */
export function isPageLoad({ method, url, status, requestHeaders }: Recorded): boolean {
  if (status === 404 || !/^\/tests\/[^/]+$/.test(pathOf(url))) return false
  const isForm = String(requestHeaders['content-type']).startsWith('application/x-www-form-urlencoded')
  return method === 'GET' || method === 'HEAD' || (method === 'POST' && isForm)
}
