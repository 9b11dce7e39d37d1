#!/usr/bin/env node
'use strict'
// Sends inputs that are meant to keep a sandbox busy, and measures the slowest answer that a normal client gets
// meanwhile. It must never take more than a second.
const { mkdtempSync, readFileSync, rmSync } = require('node:fs')
const { tmpdir } = require('node:os')
const { join } = require('node:path')
const { randomUUID } = require('node:crypto')
const { table } = require('../../bench/table')
const { startRedis } = require('../redis-server')
const { replica } = require('../replica')
const { runBounded } = require('../run-bounded')
const { callerOf } = require('./caller')
const { boundsOptions } = require('./options')
const { normalClient } = require('./normal-client')
const { rows } = require('./rows')

/** The most milliseconds that a normal call may take, whatever the input. */
const mostMs = 1_000
const patienceForRow = 180_000

const options = boundsOptions(process.argv, Object.keys(rows))
runBounded(options.rows.length * options.stores.length * patienceForRow, main)

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'bounds-'))
  const found = []
  for (const store of options.stores) {
    const redis = store === 'redis' ? await startRedis() : null
    for (const name of options.rows) {
      const row = await measured(name, store, redis, folder)
      found.push(row)
      process.stderr.write(`${row.slice(0, 3).join('  ')}\n`)
    }
    await redis?.remove()
  }
  process.stdout.write(`\n${table([['input', 'store', 'slowest call, ms', 'calls', 'peak, MiB', ''], ...found])}`)
  rmSync(folder, { recursive: true, force: true })
  return found.every((row) => row.at(-1) === 'ok')
}

/**
 * @param {string} name
 * @param {'memory' | 'redis'} store
 * @param {{ url: string } | null} redis
 * @param {string} folder
 */
async function measured(name, store, redis, folder) {
  const { env = {}, prepare = async () => undefined, run } = /** @type {import('./rows').Row} */ (rows[name])
  const sandbox = await replica({
    name,
    env: {
      LOG_LEVEL: 'warn',
      ...env,
      ...(redis && { SANDBOX_STORE: redis.url, SANDBOX_STORE_PREFIX: randomUUID() }),
    },
    logFile: join(folder, `${name}-${store}.log`),
  })
  await sandbox.start()
  const caller = callerOf(sandbox.url)
  let slowest = Infinity
  let calls = 0
  let trouble = ''
  try {
    const prepared = await prepare(caller)
    const client = await normalClient(sandbox.url)
    await run(caller, typeof prepared === 'string' ? prepared : '')
    ;({ slowest, calls, trouble } = await client.end())
  } catch (error) {
    trouble = error instanceof Error ? error.message : String(error)
  }
  if (!sandbox.isRunning()) trouble = 'the process ended'
  const peak = sandbox.isRunning() ? peakOf(sandbox.pid()) : NaN
  await caller.close()
  await sandbox.kill()
  const verdict = trouble || (slowest > mostMs ? 'TOO SLOW' : 'ok')
  return [name, store, slowest.toFixed(0), String(calls), peak.toFixed(0), verdict]
}

/** The peak memory of a process in MiB, as Linux reports it. @param {number | undefined} pid */
function peakOf(pid) {
  try {
    return Number(/^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
  } catch {
    return NaN
  }
}
