import type { JournalEntry } from '../../schemas/control/requests'
import { quoted } from '../pure/shell'
import { controlUrl, credential, type Query, sandboxBase } from './addresses'
import type { Method } from './api'
import { token } from './token'

/** A curl command up to the URL. `-g` keeps curl from expanding brackets and braces in it. */
const curl = (address: string, options: readonly string[] = []) =>
  ['curl', ...(/[[\]{}]/.test(address) ? ['-g'] : []), ...options, quoted(address)].join(' ')

const joined = (parts: readonly string[]) => parts.join(' \\\n  ')

/** A control API call as a curl command. It reads the token from the environment. */
export function controlCurl(method: Method, path: string, query: Query = {}, body?: unknown): string {
  const isPlain = method === 'GET' || (method === 'POST' && body !== undefined)
  return joined([
    curl(controlUrl(path, query).href, isPlain ? [] : ['-X', method]),
    ...(token.value === '' ? [] : ['-H "authorization: Bearer $SANDBOX_CONTROL_TOKEN"']),
    ...(body === undefined ? [] : [`-H 'content-type: application/json'`, `-d ${quoted(JSON.stringify(body))}`]),
  ])
}

/** A control API call as a curl command whose body is in a file. */
export const fileCurl = (method: Method, path: string, file: string): string =>
  `${controlCurl(method, path)} \\\n  -H 'content-type: application/json' --data-binary ${quoted(`@${file}`)}`

/** Headers that curl sets itself, or that belong to one connection. */
const leftOut =
  /^(host|connection|content-length|transfer-encoding|accept-encoding|user-agent|accept|sec-.*|origin|referer|keep-alive|traceparent)$/

/** A credential as the journal masks it, useless to send. */
const isMasked = /^(\w+ )?\*\*\*$/

/** A curl command that repeats a request from the journal. */
export function requestCurl({ method, path, request }: JournalEntry): string {
  const hasType = Object.keys(request.headers).includes('content-type')
  const hadCredential = Object.keys(request.headers).some((name) => name === 'authorization')
  return joined([
    requestLine(method, path, request.body !== null),
    ...(hadCredential ? [`-u ${quoted(credential)}`] : []),
    ...Object.entries(request.headers)
      .filter(([name, value]) => !leftOut.test(name) && !isMasked.test(value))
      // Curl omits a header written as `name:`, and sends an empty one for `name;`.
      .map(([name, value]) => `-H ${quoted(value === '' ? `${name};` : `${name}: ${value}`)}`),
    // Otherwise curl adds a content type of its own.
    ...(request.body === null || hasType ? [] : ["-H 'content-type:'"]),
    ...(request.body === null ? [] : [`--data-raw ${quoted(request.body)}`]),
  ])
}

/** What a curl command to a receiver leaves to curl. */
const setByCurl = /^(host|connection|content-length)$/

/** A curl command that sends a delivery to `url`, as it was sent or with another signature. */
export function deliveryCurl(
  method: string,
  url: string,
  { headers, body }: { headers: Readonly<Record<string, string>>; body: string },
  signature: string | null,
): string {
  const sent = { ...headers, ...(signature !== null && { 'x-stackone-signature': signature }) }
  return joined([
    curl(url, method === 'POST' ? [] : ['-X', method]),
    ...Object.entries(sent)
      .filter(([name, value]) => !setByCurl.test(name) && !isMasked.test(value))
      .map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    `--data-raw ${quoted(body)}`,
  ])
}

function requestLine(method: string, path: string, hasBody: boolean): string {
  const options = []
  // With `-X HEAD` curl would wait for a body that never arrives.
  if (method === 'HEAD') options.push('--head')
  else if (method !== (hasBody ? 'POST' : 'GET')) options.push('-X', quoted(method))
  // Otherwise curl resolves the dots itself.
  if (/\/\.\.?(\/|\?|$)/.test(path)) options.push('--path-as-is')
  if (path.startsWith('/') && !path.includes('#')) return curl(sandboxBase + path, options)
  return curl(sandboxBase, [...options, '--request-target', quoted(path)])
}

/** A first order to try. */
export const firstOrderCurl = (account: string): string =>
  joined([
    curl(`${sandboxBase}/unified/ats/assessments/orders`),
    `-u ${quoted(credential)} -H ${quoted(`x-account-id: ${account || 'acme'}`)} -H 'content-type: application/json'`,
    `-d ${quoted('{"candidate":{"first_name":"Mia","last_name":"Lindqvist"},"package":{"name":"TypeScript basics"}}')}`,
  ])
