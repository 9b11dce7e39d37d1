'use strict'

const { get } = require('node:http')
const { setTimeout: sleep } = require('node:timers/promises')

/** Milliseconds. */
const stay = 8_000
const away = 3_000

/**
 * A user who opens the inspector for a while, closes it and reopens it, each time on the next replica.
 *
 * @param {string[]} urls
 */
exports.startViewer = function (urls) {
  let isOver = false
  let visits = 0
  let bytes = 0
  /** @type {import('node:http').ClientRequest | undefined} */
  let visit
  const calledOff = new AbortController()

  async function comeAndGo() {
    while (!isOver) {
      visit = get(`${urls[visits++ % urls.length]}/_sandbox/live`, { agent: false }, (response) => {
        response.on('data', (chunk) => (bytes += chunk.length))
        response.on('error', () => undefined)
      })
      visit.on('error', () => undefined)
      await sleep(stay, undefined, calledOff)
      visit.destroy()
      await sleep(away, undefined, calledOff)
    }
  }
  comeAndGo().catch(() => undefined)

  return {
    /** How many kB it received since the last call. */
    read() {
      const kB = bytes / 1000
      bytes = 0
      return kB
    },
    stop() {
      isOver = true
      calledOff.abort()
      visit?.destroy()
    },
  }
}
