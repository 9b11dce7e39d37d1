import { parsedJson } from '../pure/json'
import type { Account, Control } from './control'
import { ControlError } from './control-error'
import { controlHandle, type SandboxControl } from './handle'

export interface ConnectOptions {
  /** What `SANDBOX_CONTROL_TOKEN` is set to, or the token that the sandbox made at its start, if there is one. */
  token?: string | undefined
}

/** A sandbox that runs elsewhere. */
export interface RemoteSandbox extends SandboxControl {
  readonly url: string
}

/**
 * Controls the sandbox that listens at `url`, such as `http://sandbox:4600`. Nothing is called until something is asked
 * for. Calls reject with a `ControlError`, or with the error of `fetch` when nobody answers.
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

function httpControl(base: string, token: string | undefined): Control {
  async function call<T>(
    method: string,
    path: string,
    account: Account,
    query: object = {},
    body?: unknown,
  ): Promise<T> {
    const address = new URL(`${base}/_sandbox${path}`)
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
    const answer = text === '' ? undefined : (parsedJson(text) ?? null)
    if (response.ok && answer !== null) return answer as T
    throw refusalOf(response, answer)
  }

  const get = <T>(path: string, account: Account, query?: object) => call<T>('GET', path, account, query)
  const post = <T>(path: string, account: Account, body: unknown = {}) => call<T>('POST', path, account, {}, body)
  const remove = (path: string, account: Account = null) => call<undefined>('DELETE', path, account)
  const part = encodeURIComponent

  return {
    createOrder: (account, order) => post('/orders', account, order),
    listOrders: (account, filter, options) => get('/orders', account, { ...filter, ...options }),
    getOrder: (account, id) => get(`/orders/${part(id)}`, account),
    waitForOrders: (account, filter, options) => post('/orders/wait', account, { filter, ...options }),
    completeOrder: (account, id, outcome) => post(`/orders/${part(id)}/complete`, account, outcome),

    listRequests: (account, filter, options) => post('/requests/find', account, { filter, ...options }),
    getRequest: (id) => get(`/requests/${String(id)}`, null),
    waitForRequests: (account, filter, options) => post('/requests/wait', account, { filter, ...options }),
    matchRequests: (account, filter) => post('/requests/match', account, { filter }),
    verifyRequests: (account, filter, expectation) => post('/requests/verify', account, { filter, ...expectation }),
    verifyClean: (account, options) => post('/requests/verify-clean', account, options),

    listDeliveries: (account, filter, options) => get('/deliveries', account, { ...filter, ...options }),
    waitForDeliveries: (account, filter, options) => post('/deliveries/wait', account, { filter, ...options }),
    replayDelivery: (id) => post(`/deliveries/${part(id)}/replay`, null),

    addWebhook: (account, webhook) => post('/webhooks', account, webhook),
    async listWebhooks(account) {
      return (await get<{ webhooks: [] }>('/webhooks', account)).webhooks
    },
    removeWebhook: (id) => remove(`/webhooks/${part(id)}`),

    addFault: (account, fault) => post('/faults', account, fault),
    async listFaults(account) {
      return (await get<{ faults: [] }>('/faults', account)).faults
    },
    removeFault: (id) => remove(`/faults/${part(id)}`),
    removeFaults: (account) => remove('/faults', account),

    readClock: () => get('/clock', null),
    freezeClock: () => post('/clock/freeze', null),
    resumeClock: () => post('/clock/resume', null),
    setClock: (now) => post('/clock/set', null, { now }),
    advanceClock: (ms) => post('/clock/advance', null, { ms }),

    reset: (account) => call('POST', '/reset', account),
    takeSnapshot: (account) => get('/snapshot', account),
    loadSnapshot: (snapshot) => call('PUT', '/snapshot', null, {}, snapshot),
  }
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
