#!/usr/bin/env node
'use strict'
// A sandbox with a state file is killed at random moments, or stopped, while clients order, report, reset and load
// snapshots. After each restart, what is there is compared with what was answered.
const { mkdirSync, mkdtempSync, rmSync } = require('node:fs')
const { tmpdir } = require('node:os')
const { join } = require('node:path')
const { setTimeout: sleep } = require('node:timers/promises')
const { progress } = require('../../bench/progress')
const { chancesOf } = require('../chaos/chance')
const { httpCalls } = require('../http-calls')
const { replica } = require('../replica')
const { runBounded } = require('../run-bounded')
const { runClient } = require('./client')
const { foundIn } = require('./found')
const { compare, goOnFrom, newHistory } = require('./history')
const { crashOptions } = require('./options')

/** Milliseconds that a kill may cost. */
const promised = 5_000
/** Milliseconds until the sandbox is killed, at least and at most. Only longer rounds can break the promise. */
const [soonest, latest] = [200, 9_000]
/** One round in so many ends with a clean stop, and one is killed while it starts. */
const [stopEvery, startEvery] = [10, 9]
/** Milliseconds for a round, at most. */
const patience = 40_000

const options = crashOptions(process.argv)
runBounded(options.kills * patience, () => main(options))

/** @param {import('./options').CrashOptions} options */
async function main({ seed, kills, clients }) {
  const chances = chancesOf(seed)
  const folder = mkdtempSync(join(tmpdir(), 'crash-'))
  const file = join(folder, 'sandbox.state')
  // Nobody listens there: deliveries wait for their next attempt.
  const env = { SANDBOX_STATE: file, SANDBOX_WEBHOOKS: 'http://127.0.0.1:9/webhook', LOG_LEVEL: 'warn' }
  const sandbox = await replica({ name: 'the sandbox', env, logFile: join(folder, 'log') })
  const http = httpCalls({ patience: 10_000 })
  const histories = Array.from({ length: clients }, (_, i) => newHistory(`account-${i + 1}`))
  let breaches = 0
  let calls = 0
  let furthest = 0

  for (let round = 1; round <= kills + 1; round++) {
    // Every other round, the file is compacted in place, as if it were mounted by itself.
    rmSync(`${file}.unfinished`, { recursive: true, force: true })
    if (round % 2 === 0) mkdirSync(join(`${file}.unfinished`, 'in the way'), { recursive: true })
    if (round % startEvery === 0) {
      const starting = sandbox.start().catch(() => undefined)
      await sleep(chances.between(0, 600, 'start', round))
      await sandbox.kill()
      await starting
    }
    await sandbox.start()
    const all = foundIn(await snapshotOf(http, sandbox.url))
    for (const history of histories) {
      const found = all.get(history.account) ?? []
      const { breaches: here, loss } = compare(history, found, ended)
      for (const breach of here) process.stdout.write(`round ${round}: ${breach}\n`)
      breaches += here.length
      furthest = Math.max(furthest, loss)
      goOnFrom(history, found)
    }
    if (round > kills) break

    let isOver = false
    const run = { url: sandbox.url, http, chances, count: () => ++calls, isOver: () => isOver }
    const running = Promise.all(histories.map((history) => runClient(history, run)))
    await Promise.race([sleep(chances.between(soonest, latest, 'kill', round)), running])
    ended.until = performance.now()
    if (round % stopEvery === 0) {
      isOver = true
      await sandbox.stop()
      ended.cutoff = Number.MAX_VALUE
    } else {
      await sandbox.kill()
      ended.cutoff = ended.until - promised
    }
    await running
    if (round % 10 === 0)
      progress(
        `${round} of ${kills} rounds, ${calls} calls, ${breaches} breaches, ${Math.round(furthest)} ms lost at most`,
      )
  }
  await sandbox.stop()
  http.close()
  process.stdout.write(
    `${kills} rounds with seed ${seed}, ${calls} calls, ${breaches} breaches; a kill cost ${Math.round(furthest)} ms at most\n`,
  )
  if (breaches === 0) rmSync(folder, { recursive: true, force: true })
  else process.stdout.write(`The state and the log are in ${folder}.\n`)
  return breaches === 0
}

/** How the last round ended: when, and up to when everything answered has to be there. */
const ended = { until: 0, cutoff: 0 }

/** @param {ReturnType<typeof httpCalls>} http @param {string} url */
async function snapshotOf(http, url) {
  const { status, text } = await http.call({ method: 'GET', url: `${url}/_sandbox/snapshot` })
  if (status !== 200) throw new Error(`the snapshot got ${status}: ${text.slice(0, 200)}`)
  return text
}
