import type { JournalEntry } from '../../schemas/control/requests'
import { quoted } from '../pure/shell'
import { controlUrl, credential, type Query, sandboxBase } from './addresses'
import type { Method } from './api'
import { token } from './token'

/** `curl` as far as the address. Without `-g` it would take brackets and braces in it for a list of addresses. */
const curl = (address: string, options: readonly string[] = []) =>
  ['curl', ...(/[[\]{}]/.test(address) ? ['-g'] : []), ...options, quoted(address)].join(' ')

const joined = (parts: readonly string[]) => parts.join(' \\\n  ')

/** The same call of the control API in a shell. The token is left to the environment. */
export function controlCurl(method: Method, path: string, query: Query = {}, body?: unknown): string {
  const isPlain = method === 'GET' || (method === 'POST' && body !== undefined)
  return joined([
    curl(controlUrl(path, query).href, isPlain ? [] : ['-X', method]),
    ...(token.value === '' ? [] : ['-H "authorization: Bearer $SANDBOX_CONTROL_TOKEN"']),
    ...(body === undefined ? [] : [`-H 'content-type: application/json'`, `-d ${quoted(JSON.stringify(body))}`]),
  ])
}

/** What curl sets by itself, or what is of that one connection. */
const leftOut =
  /^(host|connection|content-length|transfer-encoding|accept-encoding|user-agent|accept|sec-.*|origin|referer|keep-alive|traceparent)$/

/** What the journal shows of a credential, which nobody can send. */
const isMasked = /^(\w+ )?\*\*\*$/

/** A request of the journal, to send it again. */
export function requestCurl({ method, path, request }: JournalEntry): string {
  const hasType = Object.keys(request.headers).includes('content-type')
  const hadCredential = Object.keys(request.headers).some((name) => name === 'authorization')
  return joined([
    requestLine(method, path, request.body !== null),
    ...(hadCredential ? [`-u ${quoted(credential)}`] : []),
    ...Object.entries(request.headers)
      .filter(([name, value]) => !leftOut.test(name) && !isMasked.test(value))
      // Curl takes an empty value for a header to leave out.
      .map(([name, value]) => `-H ${quoted(value === '' ? `${name};` : `${name}: ${value}`)}`),
    // It would add a type of its own.
    ...(request.body === null || hasType ? [] : ["-H 'content-type:'"]),
    ...(request.body === null ? [] : [`--data-raw ${quoted(request.body)}`]),
  ])
}

function requestLine(method: string, path: string, hasBody: boolean): string {
  const options = []
  // With -X it would wait for a body that never comes.
  if (method === 'HEAD') options.push('--head')
  else if (method !== (hasBody ? 'POST' : 'GET')) options.push('-X', quoted(method))
  // It would walk up the path by itself.
  if (/\/\.\.?(\/|\?|$)/.test(path)) options.push('--path-as-is')
  if (path.startsWith('/') && !path.includes('#')) return curl(sandboxBase + path, options)
  return curl(sandboxBase, [...options, '--request-target', quoted(path)])
}

/** The first order of someone who has none yet. */
export const firstOrderCurl = (account: string): string =>
  joined([
    curl(`${sandboxBase}/unified/ats/assessments/orders`),
    `-u ${quoted(credential)} -H ${quoted(`x-account-id: ${account || 'acme'}`)} -H 'content-type: application/json'`,
    `-d ${quoted('{"candidate":{"first_name":"Mia","last_name":"Lindqvist"},"package":{"name":"TypeScript basics"}}')}`,
  ])
