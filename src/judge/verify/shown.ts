import { isObject, parsedJson } from '../../pure/json'
import type { Evidence } from '../check'
import { curlOf, evidenceOf, type Received, type Secret, type Sent } from '../evidence'
import type { Auth } from './auth'
import { keyVariable, masked } from './secrets'

/** Headers of an answer that say something about a behaviour. */
const ofInterest = /^(content-type|preference-applied|retry-after|www-authenticate|allow|x-sandbox-.+)$/

/** How curl sends the key. */
const curlArguments: Readonly<Partial<Record<Auth, string>>> = {
  key: ` -u "$${keyVariable}:"`,
  bare: ` -H "authorization: Basic $(printf %s "$${keyVariable}" | base64 | tr -d '\\n')"`,
}

/** Characters of a header that are shown. */
const mostOfHeader = 300

/** A request and its answer as a report shows them: of an answer that is no error, which may be about people, only the form. */
export function shownExchange(sent: Sent, received: Received, auth: Auth, secrets: readonly Secret[]): Evidence {
  const shown = { ...sent, headers: mapped(sent.headers, short) }
  const evidence = evidenceOf(shown, 'error' in received ? received : withoutValues(received), secrets)
  return { ...evidence, curl: curlFor(sent, auth, secrets) }
}

function curlFor(sent: Sent, auth: Auth, secrets: readonly Secret[]): string {
  const argument = curlArguments[auth]
  const { authorization, ...others } = sent.headers
  const headers = argument === undefined ? sent.headers : others
  return masked(curlOf({ ...sent, headers }, secrets), secrets)
    .replace(
      /([a-z])\1{999,}/,
      (run, letter: string) => `'"$(head -c ${String(run.length)} /dev/zero | tr '\\0' ${letter})"'`,
    )
    .replace(/(?<=^|\n {2})curl/, (name) => name + (argument ?? ''))
}

const mapped = <V, W>(values: Readonly<Record<string, V>>, change: (value: V) => W): Record<string, W> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]))

const short = (value: string) =>
  value.length <= mostOfHeader ? value : `${value.slice(0, mostOfHeader)}… (${String(value.length)} characters)`

function withoutValues({ status, headers, body }: Exclude<Received, { error: string }>): Received {
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => ofInterest.test(name)))
  const isError = status < 200 || status > 299
  return { status, headers: kept, body: isError ? body : formOf(body) }
}

function formOf(body: string): string {
  const json = parsedJson(body)
  return json === undefined ? `(${String(body.length)} characters that are not JSON)` : JSON.stringify(typesIn(json))
}

/** A value with the names of types in place of what it holds, and the first entry in place of a list. */
function typesIn(value: unknown): unknown {
  if (Array.isArray(value)) {
    const [first, ...others] = value as unknown[]
    if (value.length === 0) return []
    return others.length === 0 ? [typesIn(first)] : [typesIn(first), `and ${String(others.length)} more`]
  }
  if (isObject(value)) return mapped(value, typesIn)
  return value === null ? 'null' : typeof value
}
