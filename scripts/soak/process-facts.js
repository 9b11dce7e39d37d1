'use strict'

const { readdirSync, readFileSync } = require('node:fs')

/**
 * What the system says of a process.
 *
 * @param {number} pid
 * @returns {{ rssMiB: number, handles: number }}
 */
exports.processFacts = (pid) => ({
  rssMiB: Number(/^VmRSS:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024,
  handles: readdirSync(`/proc/${pid}/fd`).length,
})
