import type { JournalEntry } from '../../schemas/control/requests'
import { controlUrl, credential, type Query, sandboxBase } from './addresses'
import type { Method } from './api'
import { token } from './token'

/** One argument of a POSIX shell: nothing in single quotes has a meaning, and a quote itself is put outside of them. */
export const quoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`

const joined = (parts: readonly string[]) => parts.join(' \\\n  ')

/** The same call of the control API in a shell. The token is left to the environment. */
export function controlCurl(method: Method, path: string, query: Query = {}, body?: unknown): string {
  const isPlain = method === 'GET' || (method === 'POST' && body !== undefined)
  return joined([
    `curl ${isPlain ? '' : `-X ${method} `}${quoted(controlUrl(path, query).href)}`,
    ...(token.value === '' ? [] : ['-H "authorization: Bearer $SANDBOX_CONTROL_TOKEN"']),
    ...(body === undefined ? [] : [`-H 'content-type: application/json'`, `-d ${quoted(JSON.stringify(body))}`]),
  ])
}

/** What curl sets by itself, or what is of that one connection; credentials are masked in the journal anyway. */
const leftOut =
  /^(host|connection|content-length|transfer-encoding|accept-encoding|user-agent|accept|authorization|proxy-authorization|cookie|x-api-key|sec-.*|origin|referer|keep-alive|traceparent)$/

/** A request of the journal, to send it again. */
export function requestCurl({ method, path, request }: JournalEntry): string {
  const isPlain = method === (request.body === null ? 'GET' : 'POST')
  const hadCredential = Object.keys(request.headers).some((name) => name === 'authorization')
  return joined([
    `curl ${isPlain ? '' : `-X ${quoted(method)} `}${quoted(sandboxBase + path)}`,
    ...(hadCredential ? [`-u ${quoted(credential)}`] : []),
    ...Object.entries(request.headers)
      .filter(([name]) => !leftOut.test(name))
      .map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(request.body === null ? [] : [`--data-raw ${quoted(request.body)}`]),
  ])
}

/** The first order of someone who has none yet. */
export const firstOrderCurl = (account: string): string =>
  joined([
    `curl ${quoted(`${sandboxBase}/unified/ats/assessments/orders`)}`,
    `-u ${quoted(credential)} -H ${quoted(`x-account-id: ${account || 'acme'}`)} -H 'content-type: application/json'`,
    `-d ${quoted('{"candidate":{"first_name":"Mia","last_name":"Lindqvist"},"package":{"name":"TypeScript basics"}}')}`,
  ])
