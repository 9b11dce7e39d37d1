'use strict'

const { Agent, request } = require('node:http')

/**
 * @typedef {object} Call
 * @property {string} method
 * @property {string} url
 * @property {Record<string, string>} [headers]
 * @property {unknown} [body] A string is sent unchanged, anything else as JSON.
 */

/**
 * @typedef {object} Outcome
 * @property {number} begin By `performance.now()`, as is the next.
 * @property {number} end
 * @property {number | undefined} [status] Undefined without a complete answer; `broken` then says why.
 * @property {import('node:http').IncomingHttpHeaders} headers
 * @property {string} text
 * @property {string} [broken]
 */

/**
 * Makes calls over keep-alive connections, as real clients do.
 *
 * @param {{ patience: number }} options `patience`: milliseconds to wait for an answer.
 */
exports.httpCalls = function ({ patience }) {
  const agent = new Agent({ keepAlive: true })

  /**
   * Never rejects.
   *
   * @param {Call} call
   * @returns {Promise<Outcome>}
   */
  function call({ method, url, headers = {}, body }) {
    const begin = performance.now()
    return new Promise((resolve) => {
      const broken = (/** @type {NodeJS.ErrnoException} */ error) =>
        resolve({ begin, end: performance.now(), headers: {}, text: '', broken: error.code ?? error.message })
      const bytes = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body)
      const type = bytes === undefined || typeof body === 'string' ? {} : { 'content-type': 'application/json' }
      const outgoing = request(url, { method, agent, headers: { ...type, ...headers } }, (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk) => (text += chunk))
        response.on('end', () => {
          clearTimeout(timer)
          resolve({ begin, end: performance.now(), status: response.statusCode, headers: response.headers, text })
        })
        response.on('error', broken)
      })
      const timer = setTimeout(() => outgoing.destroy(new Error(`no answer within ${patience} ms`)), patience)
      outgoing.on('error', (error) => {
        clearTimeout(timer)
        broken(error)
      })
      outgoing.end(bytes)
    })
  }

  return { call, close: () => agent.destroy() }
}

/** The headers of a client of the emulated API. @param {string} account */
exports.headersOf = (account) => ({
  authorization: `Basic ${Buffer.from('sandbox:').toString('base64')}`,
  'x-account-id': account,
})

exports.assessments = '/unified/ats/assessments'
