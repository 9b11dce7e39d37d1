import { parsedJson } from '../pure/json'
import type { Call } from './call'
import { calls } from './calls'
import type { Account, Control } from './control'
import { ControlError } from './control-error'
import type { SandboxControl } from './account-control'
import { controlHandle } from './handle'

export interface ConnectOptions {
  /** The sandbox's `SANDBOX_CONTROL_TOKEN`, or the token that it generated at startup, if any. */
  token?: string | undefined
}

/** A sandbox that runs elsewhere. */
export interface RemoteSandbox extends SandboxControl {
  readonly url: string
}

/**
 * Controls the sandbox that listens at `url`, such as `http://sandbox:4600`. Does not connect until you call a method.
 * Calls reject with a `ControlError`, or with the error from `fetch` if nobody answers.
 */
export function connectSandbox(url: string, { token }: ConnectOptions = {}): RemoteSandbox {
  const base = url.replace(/\/+$/, '')
  return { ...controlHandle(httpControl(base, token)), url: base }
}

interface Refusal {
  message?: string
  hint?: string
  came?: unknown[]
}

interface Input {
  account?: Account
  params?: Record<string, unknown>
  query?: object
  body?: unknown
}

function httpControl(base: string, token: string | undefined): Control {
  async function send(
    { route: [method, path], produces }: Call,
    { account = null, params = {}, query = {}, body }: Input,
  ) {
    const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])))
    const address = new URL(`${base}/_sandbox${filled}`)
    if (account !== null) address.searchParams.set('account', account)
    for (const [name, value] of queryOf(query)) address.searchParams.set(name, value)
    const response = await fetch(address, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (response.ok && produces !== undefined) return text
    const answer = text === '' ? undefined : (parsedJson(text) ?? null)
    if (response.ok && answer !== null) return answer
    throw refusalOf(response, answer)
  }

  const methods = Object.entries<Call>(calls).map(([name, call]) => [name, (input: Input = {}) => send(call, input)])
  // The type of `calls` ties each call to its method, and the sandbox's answers follow the same schemas.
  return Object.fromEntries(methods) as Control
}

/** `{ candidate: { email: 'a' } }` as `candidate[email]=a`. */
function* queryOf(query: object, within?: string): Generator<[string, string]> {
  for (const [name, value] of Object.entries(query) as [string, unknown][]) {
    const key = within === undefined ? name : `${within}[${name}]`
    if (typeof value === 'object' && value !== null) yield* queryOf(value, key)
    else if (value !== undefined) yield [key, typeof value === 'string' ? value : JSON.stringify(value)]
  }
}

function refusalOf({ status, url }: Response, answer: unknown): ControlError {
  const { message, hint, came } = (answer ?? {}) as Refusal
  return new ControlError(
    message ?? `${url} answered ${String(status)}`,
    status,
    hint ?? 'Is this the address of a sandbox?',
    came,
  )
}
