'use strict'

const { setTimeout: sleep } = require('node:timers/promises')
const { parentPort, Worker, workerData } = require('node:worker_threads')
const { assessments, headersOf, httpCalls } = require('../http-calls')

/** Milliseconds between two calls, and until a call times out. */
const pause = 5
const patience = 60_000

/**
 * A client that orders all the time, in a separate thread: a delay in this one would say nothing about the sandbox.
 *
 * @param {string} url Of the sandbox.
 */
exports.normalClient = async function (url) {
  const worker = new Worker(__filename, { workerData: url })
  await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject))
  return {
    /** @returns {Promise<{ slowest: number, calls: number, trouble: string }>} */
    async end() {
      const found = new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject))
      worker.postMessage('end')
      const result = await found
      await worker.terminate()
      return result
    },
  }
}

if (parentPort !== null) void order(workerData, parentPort)

/**
 * @param {string} url
 * @param {import('node:worker_threads').MessagePort} port Leads to the thread that started this one.
 */
async function order(url, port) {
  const { call } = httpCalls({ patience })
  /** @param {number} i */
  const once = (i) =>
    call({
      method: 'POST',
      url: `${url}${assessments}/orders`,
      headers: headersOf('normal'),
      body: { candidate: { first_name: 'Mia', emails: [{ value: `mia${i}@example.com` }] } },
    })
  let isOver = false
  port.once('message', () => (isOver = true))
  // The first calls compile validators and open the connection.
  for (let i = 0; i < 5; i++) await once(i)
  port.postMessage('ready')
  let slowest = 0
  let calls = 0
  let trouble = ''
  while (!isOver) {
    const { begin, end, status, broken, text } = await once(calls++)
    slowest = Math.max(slowest, end - begin)
    if (status !== 200) trouble ||= `a normal call failed: ${broken ?? `${status} ${text.slice(0, 200)}`}`
    await sleep(pause)
  }
  port.postMessage({ slowest, calls, trouble })
}
