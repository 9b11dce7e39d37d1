'use strict'

const { createHash } = require('node:crypto')
const { once } = require('node:events')
const { createServer } = require('node:http')
const { setTimeout: sleep } = require('node:timers/promises')

/** @typedef {import('./chance').Chances} Chances */
/** @typedef {import('./history').Arrival} Arrival */
/** @typedef {{ delay: number, refuse: 'refused' | 'reset' | null, retryAfter?: string }} Decision */

/** After so many refusals a delivery is accepted, so that it is sure to arrive. */
const mostRefusals = 3

/**
 * Receives callbacks at `/callback` and webhooks at `/webhook`, records each arrival, and fails a third of the time.
 *
 * @param {Chances} chances
 * @param {import('./history').History} history
 */
exports.startReceiver = async function (chances, { arrivals }) {
  /** How often each delivery has arrived. @type {Map<string, number>} */
  const seen = new Map()

  const server = createServer((request, response) => {
    void take(request, response).catch(() => undefined)
  })

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   */
  async function take(request, response) {
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    const at = performance.now()
    const raw = Buffer.concat(chunks)
    const body = JSON.parse(raw.toString())
    const id = String(request.headers['x-sandbox-delivery'] ?? '')
    const dot = id.lastIndexOf('.')
    /** @type {Arrival} */
    const arrival = {
      endpoint: request.url ?? '',
      remoteId: id.slice(0, dot),
      number: Number(id.slice(dot + 1)),
      ...(request.url === '/callback' ? ofCallback(body) : ofWebhook(body)),
      digest: createHash('sha1').update(raw).digest('hex'),
      at,
      answer: 'unheard',
      answeredAt: Infinity,
      endedAt: Infinity,
    }
    arrivals.push(arrival)
    response.on('close', () => (arrival.endedAt = Math.min(arrival.endedAt, performance.now())))
    const key = `${arrival.endpoint} ${id}`
    const turn = (seen.get(key) ?? 0) + 1
    seen.set(key, turn)
    const what = decide(chances, arrival, turn)
    if (what.delay > 0) await sleep(what.delay)
    answer(response, arrival, what)
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** @param {{ id: string, summary?: string | null }} body */
const ofCallback = ({ id, summary }) => ({ orderId: id, event: 'callback', marker: summary })

/** @param {{ event: string, record_id: string, event_data: { result?: { summary?: string | null } | null } }} body */
const ofWebhook = ({ event, record_id, event_data }) => ({
  orderId: record_id,
  event,
  marker: event_data.result?.summary,
})

/**
 * What the receiver does when a delivery arrives for the time number `turn`, from 1.
 *
 * @param {Chances} chances
 * @param {Arrival} arrival
 * @param {number} turn
 * @returns {Decision}
 */
function decide(chances, { endpoint, orderId, number }, turn) {
  const about = [endpoint, orderId, number, turn]
  const slowness = chances.chance('slow', ...about)
  // Slow enough that some attempts are in progress whenever a replica dies.
  const delay = slowness < 0.5 ? 0 : slowness < 0.97 ? (slowness - 0.5) * 100 : 300 + (slowness - 0.97) * 20_000
  if (isHopeless(chances, { endpoint, orderId })) return { delay, refuse: 'refused', retryAfter: '0' }
  if (turn > mostRefusals || chances.chance('refuse', ...about) >= 1 / 3) return { delay, refuse: null }
  const how = chances.chance('how', ...about)
  if (how < 0.15) return { delay, refuse: 'reset' }
  return { delay, refuse: 'refused', retryAfter: how < 0.6 ? '0' : '1' }
}

/**
 * The callbacks of a few orders are never accepted, so that they fail for good and the next one is sent.
 *
 * @type {(chances: Chances, arrival: Pick<Arrival, 'endpoint' | 'orderId'>) => boolean}
 */
const isHopeless = (chances, { endpoint, orderId }) =>
  endpoint === '/callback' && chances.chance('hopeless', orderId) < 0.02

/**
 * @param {import('node:http').ServerResponse} response
 * @param {Arrival} arrival
 * @param {Decision} decision
 */
function answer(response, arrival, { refuse, retryAfter }) {
  // The sender is gone, so nobody would receive the answer.
  if (response.destroyed || response.socket?.destroyed) return
  const answeredAt = performance.now()
  /** @param {Arrival['answer']} what */
  const answered = (what) => Object.assign(arrival, { answer: what, answeredAt, endedAt: answeredAt })
  if (refuse === 'reset') {
    answered('reset')
    response.socket?.resetAndDestroy()
    return
  }
  response.on('finish', () => answered(refuse ?? 'taken'))
  if (refuse === null) response.writeHead(200).end()
  else response.writeHead(503, { 'retry-after': retryAfter }).end('try later')
}
