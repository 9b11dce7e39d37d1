'use strict'

const { setTimeout: sleep } = require('node:timers/promises')
const { assessments, headersOf } = require('../http-calls')

const form = { 'content-type': 'application/x-www-form-urlencoded' }
/** Accounts that only one operation uses at a time. */
const ownAccounts = 50

/** @typedef {import('./accounts').LoadedAccount} LoadedAccount */
/** @typedef {import('./accounts').LoadedOrder} LoadedOrder */

/**
 * The operations of the load, each with its share in a hundred.
 *
 * @param {object} run
 * @param {import('./load').Ask} run.ask Calls one of the replicas, measures the latency and resolves to the body.
 * @param {import('./accounts').Accounts} run.accounts
 * @param {string} run.receiverUrl
 * @returns {import('./load').Operations}
 */
exports.operationsFor = function ({ ask, accounts, receiverUrl }) {
  let turn = 0

  /**
   * Calls the emulated API. During a reset of the account, 404 is fine.
   *
   * @param {Pick<LoadedAccount, 'id' | 'resets'>} account
   * @param {string} about
   * @param {string} method
   * @param {string} path
   * @param {{ body?: unknown, allowed?: number[] }} [options]
   */
  async function api(account, about, method, path, { body, allowed = [200] } = {}) {
    const before = account.resets
    const isUndisturbed = () => account.resets === before && before % 2 === 0
    const call = { method, url: assessments + path, headers: headersOf(account.id), body }
    const answer = await ask(about, call, (status) => allowed.includes(status) || (status === 404 && !isUndisturbed()))
    return isUndisturbed() ? answer : undefined
  }

  /** @type {(about: string, method: string, path: string, body?: unknown, status?: number) => Promise<any>} */
  const control = (about, method, path, body, status = 200) =>
    ask(about, { method, url: `/_sandbox${path}`, body }, (got) => got === status)

  /** @type {(account: LoadedAccount, fits?: (order: LoadedOrder) => boolean) => LoadedOrder | undefined} */
  const anyOrder = (account, fits = () => true) => {
    const { orders } = account
    const from = Math.floor(Math.random() * orders.length)
    for (let i = 0; i < Math.min(orders.length, 50); i++) {
      const order = /** @type {LoadedOrder} */ (orders[(from + i) % orders.length])
      if (fits(order)) return order
    }
    return undefined
  }

  async function place() {
    const account = accounts.any()
    const isQuick = Math.random() < 0.1
    const body = orderBody(`order-${++turn}`, `${receiverUrl}/callback`, isQuick)
    const answer = await api(account, 'order', 'POST', '/orders', { body })
    if (answer) account.orders.push({ id: body.id, testUrl: answer.test_url, body, hasResult: false, isTaken: isQuick })
  }

  async function repeat() {
    const account = accounts.any()
    const order = anyOrder(account)
    if (order) await api(account, 'repeat', 'POST', '/orders', { body: order.body })
  }

  async function read() {
    const account = accounts.any()
    const order = anyOrder(account)
    if (order) await api(account, 'read order', 'GET', `/orders/${order.id}`)
  }

  async function report() {
    const account = accounts.any()
    const order = anyOrder(account, ({ hasResult }) => !hasResult)
    if (!order) return
    const body = { summary: 'Quick and thorough', score: { value: '92' }, result: { value: 'passed' } }
    if (await api(account, 'report', 'PATCH', `/orders/${order.id}/result`, { body })) order.hasResult = true
  }

  async function readResult() {
    const account = accounts.any()
    const order = anyOrder(account, ({ hasResult }) => hasResult)
    if (order) await api(account, 'read result', 'GET', `/orders/${order.id}/results`)
  }

  async function packages() {
    const page = await api(accounts.any(), 'packages', 'GET', '/packages?page_size=10')
    if (page?.next) await api(accounts.any(), 'packages', 'GET', `/packages?page_size=10&next=${page.next}`)
  }

  /** The candidate opens the test, starts it and opens the page again. */
  async function takeTest() {
    const account = accounts.any()
    const order = anyOrder(account, ({ isTaken, hasResult }) => !isTaken && !hasResult)
    if (!order) return
    order.isTaken = true
    const url = new URL(order.testUrl).pathname
    const before = account.resets
    // If a result is reported in between, the page says that the test is over.
    /** @type {(about: string, call: Omit<import('../http-calls').Call, 'url'>, status: number) => Promise<any>} */
    const step = (about, call, status) =>
      ask(about, { url, ...call }, (got) => got === status || got === 409 || account.resets !== before)
    await step('open page', { method: 'GET' }, 200)
    await step('start test', { method: 'POST', headers: form, body: 'step=start' }, 303)
    await step('open page', { method: 'GET' }, 200)
  }

  async function lists() {
    const account = accounts.any()
    for (const path of ['orders', 'deliveries', 'requests']) {
      await control(`list ${path}`, 'GET', `/${path}?account=${account.id}&limit=20`)
    }
  }

  async function waitFor() {
    const account = { id: `waiting-${++turn % ownAccounts}`, resets: 0 }
    const id = `awaited-${turn}`
    const waited = ask(
      null,
      { method: 'POST', url: `/_sandbox/orders/wait?account=${account.id}`, body: { filter: { id } } },
      (status) => status === 200,
    )
    await sleep(20)
    await api(account, 'order', 'POST', '/orders', { body: { id } })
    await waited
    await control('reset', 'POST', `/reset?account=${account.id}`, undefined, 204)
  }

  async function faults() {
    const account = { id: `faulty-${++turn % ownAccounts}`, resets: 0 }
    const query = `?account=${account.id}`
    await control('add fault', 'POST', `/faults${query}`, { on: 'orders.create', status: 429, retryAfter: 1 }, 201)
    await api(account, 'struck', 'POST', '/orders', { body: { id: 'struck' }, allowed: [429] })
    const fault = await control('add fault', 'POST', `/faults${query}`, { status: 502, always: true }, 201)
    await api(account, 'struck', 'GET', '/packages', { allowed: [502] })
    await control('remove fault', 'DELETE', `/faults/${fault.id}`, undefined, 204)
    await api(account, 'packages', 'GET', '/packages')
    await control('reset', 'POST', `/reset${query}`, undefined, 204)
  }

  return {
    reset: (account) => control('reset', 'POST', `/reset?account=${account.id}`, undefined, 204),
    mix: [
      [30, place],
      [5, repeat],
      [15, read],
      [12, report],
      [8, readResult],
      [10, packages],
      [7, takeTest],
      [7, lists],
      [3, waitFor],
      [3, faults],
    ],
  }
}

/**
 * All data is invented. With `isQuick`, the candidate's email address finishes the test.
 *
 * @param {string} id
 * @param {string} url
 * @param {boolean} isQuick
 */
const orderBody = (id, url, isQuick) => ({
  id,
  package: { id: 'pkg_typescript_basics', name: 'TypeScript basics' },
  candidate: {
    first_name: 'Mia',
    last_name: 'Lindqvist',
    emails: [{ type: 'personal', value: `mia.lindqvist${isQuick ? '+passed' : ''}@example.com` }],
  },
  job: { id: 'job_88', title: 'Back-end engineer' },
  results_update_url: url,
})
