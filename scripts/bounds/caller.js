'use strict'

const { Agent, request } = require('node:http')
const { assessments, headersOf } = require('../http-calls')

const patience = 120_000

/** @typedef {{ status: number | undefined, length: number, text: string }} Answer */

/**
 * Makes the calls that are meant to keep the sandbox at `url` busy.
 *
 * @param {string} url
 */
exports.callerOf = function (url) {
  const agent = new Agent({ keepAlive: true })

  /**
   * Begins a call; `answer` never rejects: it resolves with the status and the length, or with status 0 and the error.
   *
   * @param {string} method
   * @param {string} path
   * @param {unknown} [body]
   * @param {Record<string, string>} [headers]
   */
  function begin(method, path, body, headers = {}) {
    const bytes = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body)
    const type = bytes === undefined ? {} : { 'content-type': 'application/json' }
    const outgoing = request(url + path, { method, agent, headers: { ...type, ...headers } })
    /** @type {Promise<Answer>} */
    const answer = new Promise((resolve) => {
      outgoing.on('response', (response) => {
        let length = 0
        let text = ''
        response.on('data', (chunk) => {
          length += chunk.length
          if (text.length < 4_000) text += chunk
        })
        response.on('end', () => resolve({ status: response.statusCode, length, text }))
        response.on('error', ({ message }) => resolve({ status: 0, length, text: message }))
      })
      outgoing.on('error', ({ message }) => resolve({ status: 0, length: 0, text: message }))
    })
    outgoing.setTimeout(patience, () => outgoing.destroy(new Error('no answer')))
    outgoing.end(bytes)
    return { answer, leave: () => outgoing.destroy() }
  }

  return {
    url,
    begin,
    /** @type {(method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>} */
    call: (method, path, body, headers) => begin(method, path, body, headers).answer,
    /** @type {(body: unknown, account?: string) => Promise<Answer>} */
    order: (body, account = 'acme') => begin('POST', `${assessments}/orders`, body, headersOf(account)).answer,
    /**
     * Makes `count` calls, `atOnce` at a time.
     *
     * @template T
     * @param {number} count
     * @param {number} atOnce
     * @param {(i: number) => Promise<T>} make
     */
    async many(count, atOnce, make) {
      let next = 0
      /** @type {T[]} */
      const answers = []
      const work = async () => {
        while (next < count) answers.push(await make(next++))
      }
      await Promise.all(Array.from({ length: atOnce }, work))
      return answers
    },
    async close() {
      agent.destroy()
    },
  }
}

/** @typedef {ReturnType<typeof exports.callerOf>} Caller */
