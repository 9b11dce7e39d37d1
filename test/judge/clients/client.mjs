// A client that orders. It does everything right, apart from the flaws that its arguments name.

import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

const flaws = new Set(process.argv.slice(2))
const { STACKONE_SERVER_URL: url = '', STACKONE_API_KEY: key = '', STACKONE_ACCOUNT_ID: account = '' } = process.env

/** Milliseconds before it tries again, unless Retry-After says otherwise. */
const pause = 50
const mostTries = flaws.has('retries 400') ? 25 : 4

const assessments = '/unified/ats/assessments/orders'
const backgroundChecks = '/unified/ats/background_checks/orders'

/** What it retries. */
const passing = new Set([408, 429, 502])
for (const status of [400, 412]) if (flaws.has(`retries ${String(status)}`)) passing.add(status)
for (const status of [408, 429, 502]) if (flaws.has(`gives up after ${String(status)}`)) passing.delete(status)

/** @param {string} path */
async function send(path, /** @type {object} */ body) {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
      'x-account-id': account,
      'content-type': 'application/json',
      ...(!flaws.has('does not ask for heartbeats') && { prefer: 'heartbeat' }),
    },
    body: JSON.stringify(body),
    ...(flaws.has('is impatient') && { signal: AbortSignal.timeout(2_000) }),
  })
  return { status: response.status, retryAfter: response.headers.get('retry-after'), text: await response.text() }
}

/** @returns {number} Milliseconds to wait, as an answer asks for. */
const waitFor = (/** @type {string | null} */ retryAfter) =>
  retryAfter === null || flaws.has('ignores Retry-After') ? pause : Number(retryAfter) * 1000

/** @returns {Record<string, unknown>} */
function read(/** @type {string} */ text) {
  if (flaws.has('does not read answers')) return {}
  return JSON.parse(flaws.has('does not expect newlines') ? (text.split('\n')[0] ?? '') : text)
}

/** @param {string} path */
async function order(path, /** @type {string} */ id) {
  const identity = () => {
    if (flaws.has('sends no id')) return {}
    return { id: flaws.has('sends a new id each time') ? randomUUID() : id }
  }
  const name = flaws.has('writes camelCase') ? { firstName: 'Mia' } : { first_name: 'Mia' }
  for (let tries = 1; ; tries++) {
    const isLast = tries === mostTries
    /** @type {Awaited<ReturnType<typeof send>>} */
    let answer
    try {
      const body = {
        ...identity(),
        candidate: { ...name, emails: [{ value: 'mia@example.com' }] },
        ...(flaws.has('counts its tries') && { passthrough: { tries } }),
      }
      const first = send(path, body)
      const settled = Promise.allSettled([first])
      const isLate = flaws.has('is hasty') && (await Promise.race([settled, sleep(2_000)])) === undefined
      answer = await (isLate ? send(path, body) : first)
    } catch (error) {
      if (isLast || flaws.has('is impatient') || flaws.has('gives up when connections break')) throw error
      await sleep(pause)
      continue
    }
    const { status, retryAfter, text } = answer
    if (status === 200) {
      try {
        return read(text)
      } catch (error) {
        if (isLast || flaws.has('does not expect newlines') || flaws.has('gives up on broken JSON')) throw error
        await sleep(pause)
        continue
      }
    }
    if (status === 429 && flaws.has('hangs after 429')) await sleep(300_000)
    if (status === 502 && flaws.has('hides 502')) return {}
    if (isLast || !passing.has(status)) throw new Error(`${String(status)}: ${String(JSON.parse(text).message)}`)
    await sleep(waitFor(retryAfter))
  }
}

async function main() {
  if (flaws.has('hangs')) await sleep(300_000)
  if (flaws.has('kills itself')) process.kill(process.pid, 'SIGKILL')
  if (flaws.has('orders nothing') || (flaws.has('orders once') && account !== 'client-success')) return
  if (flaws.has('asks for unknown paths'))
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) await fetch(`${url}/unified/ats/${name}`)
  if (flaws.has('asks who it is')) {
    const authorization = `Basic ${Buffer.from(`${key}:`).toString('base64')}`
    const { status } = await fetch(`${url}/accounts/${account}`, { headers: { authorization } })
    if (status !== 200) throw new Error(`no account: ${String(status)}`)
  }
  if (flaws.has('orders in parallel')) {
    const ended = await Promise.allSettled(['1', '2', '3'].map((id) => order(assessments, `order-${account}-${id}`)))
    for (const each of ended) if (each.status === 'rejected') throw each.reason
    return
  }
  // Longer than a report shows.
  if (flaws.has('orders several')) await order(backgroundChecks, `check-${account}-${'0'.repeat(200)}`)
  await order(flaws.has('uses a wrong path') ? '/unified/ats/orders' : assessments, `order-${account}`)
  if (flaws.has('orders twice')) await order(assessments, `order-${account}`)
  if (flaws.has('orders several'))
    await Promise.all(['1', '2', '3'].map((id) => order(assessments, `order-${account}-${id}`)))
}

main().catch((error) => {
  if (flaws.has('is talkative')) console.error('It failed\n'.repeat(50))
  else console.error(flaws.has('is silent') ? 'It failed' : String(error))
  if (!flaws.has('always ends with 0')) process.exitCode = 1
})
