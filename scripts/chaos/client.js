'use strict'

const { setTimeout: sleep } = require('node:timers/promises')
const { assessments, headersOf } = require('../http-calls')

const accounts = ['acme', 'globex', 'initech']
/** Milliseconds for which a client retries a call. */
const perseverance = 45_000

/** @typedef {import('./history').AskedCall} AskedCall */
/** @typedef {Omit<AskedCall, 'replica' | 'outcome'>} About What is known before the call. */

/**
 * Orders assessments one after the other until `until`, reports results and reads them back. Each call goes to the next
 * replica. Calls that get no answer, or 502, are retried.
 *
 * @param {number} number Of the client.
 * @param {object} run
 * @param {import('../replica').Replica[]} run.replicas
 * @param {ReturnType<typeof import('../http-calls').httpCalls>} run.http
 * @param {import('./chance').Chances} run.chances
 * @param {import('./history').History} run.history
 * @param {string} run.receiverUrl
 * @param {number} run.until
 */
exports.runClient = async function (number, { replicas, http, chances, history, receiverUrl, until }) {
  let turn = number

  /**
   * Calls the next replica once.
   *
   * @param {About} about
   * @param {string} method
   * @param {string} path
   * @param {unknown} body
   * @returns {Promise<AskedCall>}
   */
  async function ask(about, method, path, body) {
    const replica = turn++ % replicas.length
    const { url } = /** @type {import('../replica').Replica} */ (replicas[replica])
    const outcome = await http.call({ method, url: url + assessments + path, headers: headersOf(about.account), body })
    const call = { ...about, replica, outcome }
    history.calls.push(call)
    return call
  }

  /**
   * Retries for a while, until there is an answer other than 502.
   *
   * @param {About} about
   * @param {string} method
   * @param {string} path
   * @param {unknown} [body]
   * @param {() => void} [onDoubt]
   */
  async function insist(about, method, path, body, onDoubt = () => undefined) {
    const deadline = performance.now() + perseverance
    for (let attempt = 1; ; attempt++) {
      const call = await ask(about, method, path, body)
      const { status } = call.outcome
      if ((status !== undefined && status !== 502) || performance.now() > deadline) return call
      onDoubt()
      await sleep(chances.between(50, 400, 'again', about.orderId, attempt))
    }
  }

  /** @param {string} orderId */
  async function assess(orderId) {
    const account = /** @type {string} */ (accounts[chances.below(accounts.length, 'account', orderId)])
    const isMagic = chances.chance('magic', orderId) < 0.2
    const about = { account, orderId, isMagic }
    const body = orderBody(orderId, isMagic, `${receiverUrl}/callback`)
    /** @param {'order' | 'repeat'} what */
    const place = (what) => insist({ ...about, what }, 'POST', '/orders', body)

    // Some clients are impatient and send the same order to two replicas at once.
    const isTwice = chances.chance('twice', orderId) < 0.1
    await Promise.all(isTwice ? [place('order'), place('repeat')] : [place('order')])
    if (chances.chance('repeat', orderId) < 0.2) await place('repeat')
    if (isMagic) return
    if (chances.chance('result', orderId) < 0.85) await report(about)
    if (chances.chance('late repeat', orderId) < 0.1) await place('repeat')
  }

  /** @param {Pick<AskedCall, 'account' | 'orderId' | 'isMagic'>} about */
  async function report(about) {
    const { orderId } = about
    const path = `/orders/${orderId}`
    /**
     * Markers of retried results: an earlier attempt may still take effect at any later time.
     *
     * @type {Set<string>}
     */
    const doubtful = new Set()
    /** @param {string} marker */
    const record = (marker) => {
      const body = {
        summary: marker,
        score: { value: String(chances.below(101, 'score', marker)) },
        result: { value: 'passed' },
      }
      const onDoubt = () => doubtful.add(marker)
      return insist({ ...about, what: 'result', marker }, 'PATCH', `${path}/result`, body, onDoubt)
    }

    const rounds = 1 + chances.below(3, 'rounds', orderId)
    for (let round = 1; round <= rounds; round++) {
      const markers = [`${orderId} ${round}`]
      if (chances.chance('both', orderId, round) < 0.15) markers.push(`${orderId} ${round} too`)
      const recorded = await Promise.all(markers.map(record))
      // Of two concurrent results, either may be the last.
      if (recorded.every(({ outcome }) => outcome.status === 200) && chances.chance('read', orderId, round) < 0.5)
        await insist({ ...about, what: 'read', expected: [...markers, ...doubtful] }, 'GET', `${path}/results`)
    }
  }

  for (let i = 0; performance.now() < until; i++) {
    await assess(`order-${number}-${i}`)
    await sleep(chances.between(200, 1_200, 'pause', number, i))
  }
}

/** All data is invented. @type {(id: string, isMagic: boolean, url: string) => object} */
const orderBody = (id, isMagic, url) => ({
  id,
  package: { id: 'pkg_typescript_basics', name: 'TypeScript basics' },
  candidate: {
    first_name: 'Mia',
    last_name: 'Lindqvist',
    emails: [{ type: 'personal', value: `mia.${id}${isMagic ? '+passed' : ''}@example.com` }],
  },
  job: { id: 'job_88', title: 'Back-end engineer' },
  results_update_url: url,
})
