'use strict'

const { readdirSync, readFileSync } = require('node:fs')

/**
 * Memory and open handles of a process, as Linux reports them.
 *
 * @param {number} pid
 * @returns {{ rssMiB: number, handles: number }}
 */
exports.processFacts = function (pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const [, rssKiB] = /** @type {RegExpExecArray} */ (/^VmRSS:\s*(\d+) kB$/m.exec(status))
  return { rssMiB: Number(rssKiB) / 1024, handles: readdirSync(`/proc/${pid}/fd`).length }
}
