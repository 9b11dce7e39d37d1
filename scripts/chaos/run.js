#!/usr/bin/env node
'use strict'
// Several replicas share a Redis while one after the other is killed, and Redis too. All the while clients order and
// report, and a receiver fails a third of the time. Afterwards every promise is checked against what happened.
const { mkdtempSync, rmSync } = require('node:fs')
const { tmpdir } = require('node:os')
const { join } = require('node:path')
const { setTimeout: sleep } = require('node:timers/promises')
const { progress } = require('../../bench/progress')
const { table } = require('../../bench/table')
const { httpCalls } = require('../http-calls')
const { quickFolder, startRedis } = require('../redis-server')
const { replica } = require('../replica')
const { runBounded } = require('../run-bounded')
const { chancesOf } = require('./chance')
const { runClient } = require('./client')
const { countsOf } = require('./counts')
const { drain } = require('./drain')
const { newHistory } = require('./history')
const { makeTrouble } = require('./make-trouble')
const { chaosOptions } = require('./options')
const { openPages } = require('./open-pages')
const { planTroubles } = require('./plan')
const { promises } = require('./promises')
const { startReceiver } = require('./receiver')

/** Milliseconds, more than a replica may take to answer 502. */
const patienceOfClients = 5_000
/** Milliseconds. Advancing the clock waits for the deliveries that become due. */
const patienceOfControl = 60_000
/** Milliseconds for everything before and after the failures. */
const patienceBesides = 240_000
const shownBreaches = 10
const progressEvery = 5_000

const options = chaosOptions(process.argv)
runBounded(options.seconds * 1000 + patienceBesides, () => main(options))

/** @param {import('./options').ChaosOptions} options */
async function main({ seed, seconds, replicas: count, clients, store }) {
  const isShared = store === 'redis'
  process.stdout.write(`seed ${seed}, ${seconds} s, ${clients} clients, store ${store}\n`)
  const chances = chancesOf(seed)
  const history = newHistory()
  const logs = mkdtempSync(join(tmpdir(), 'chaos-'))
  const http = httpCalls({ patience: patienceOfClients })
  const httpOfControl = httpCalls({ patience: patienceOfControl })
  const receiver = await startReceiver(chances, history)
  // Redis must sync before it answers, or a kill could legitimately lose data.
  const redis = isShared ? await startRedis({ fsync: 'always', parentFolder: quickFolder() }) : null
  const env = { SANDBOX_STORE: redis?.url ?? 'memory', SANDBOX_WEBHOOKS: `${receiver.url}/webhook#whsec_1` }
  const replicas = await Promise.all(
    Array.from({ length: isShared ? count : 1 }, (_, i) =>
      replica({ name: `replica ${i + 1}`, env, logFile: join(logs, `replica-${i + 1}.log`) }),
    ),
  )
  await Promise.all(replicas.map((each) => each.start()))
  progress(`${replicas.length} replicas are ready; logs are in ${logs}`)

  const begin = performance.now()
  const plan = (history.plan = isShared ? planTroubles(chances, { seconds, replicas: count }) : [])
  const until = begin + seconds * 1000
  const run = { replicas, redis, http, chances, history, receiverUrl: receiver.url, begin, until }
  const telling = setInterval(() => progress(soFar(history)), progressEvery)
  const ended = Array.from({ length: clients }, (_, i) => runClient(i + 1, run))
  await Promise.all([...ended, makeTrouble(plan, run, progress)])
  clearInterval(telling)
  progress(`${soFar(history)}; no more failures`)

  /** @type {(method: string, path: string, body?: unknown, at?: import('../replica').Replica) => Promise<any>} */
  const control = async (method, path, body, at = /** @type {import('../replica').Replica} */ (replicas[0])) => {
    const outcome = await httpOfControl.call({ method, url: `${at.url}/_sandbox${path}`, body })
    if (outcome.status !== 200) throw new Error(`${method} ${path} failed: ${outcome.status} ${outcome.broken ?? ''}`)
    return JSON.parse(outcome.text)
  }
  const pending = await drain(control, history, progress)
  const snapshots = []
  for (const each of replicas) snapshots.push(await control('GET', '/snapshot', undefined, each))
  progress('opening the page of every order')
  const { dropped } = await control('GET', '/deliveries?limit=1')
  const final = { pending, dropped, snapshots, pages: await openPages(history, { replicas, http }) }

  const isKept = judge({ ...history, final })
  receiver.close()
  http.close()
  httpOfControl.close()
  await Promise.all(replicas.map((each) => each.stop()))
  await redis?.remove()
  if (isKept) rmSync(logs, { recursive: true, force: true })
  else process.stdout.write(`The logs of the replicas are in ${logs}.\n`)
  // Flushes the pipes before the process ends.
  await sleep(0)
  return isKept
}

/** @param {import('./history').History} history */
const soFar = ({ calls, arrivals }) => {
  /** @param {(outcome: import('../http-calls').Outcome) => boolean} fits */
  const count = (fits) => calls.filter(({ outcome }) => fits(outcome)).length
  const answered = count(({ status }) => status === 200)
  return `${calls.length} calls: ${answered} answered, ${count(({ status }) => status === 502)} times 502, ${count(({ broken }) => broken !== undefined)} broken; ${arrivals.length} arrivals`
}

/** Prints the findings; returns whether every promise is kept. @param {import('./history').EndedHistory} history */
function judge(history) {
  process.stdout.write(`\n${table([['', 'count'], ...countsOf(history)])}\n`)
  const found = Object.entries(promises).map(([name, breachesOf]) => ({ name, breaches: breachesOf(history) }))
  for (const { name, breaches } of found) {
    process.stdout.write(`${breaches.length === 0 ? 'kept   ' : 'BROKEN '} ${name}\n`)
    for (const breach of breaches.slice(0, shownBreaches)) process.stdout.write(`         - ${breach}\n`)
    const further = breaches.length - shownBreaches
    if (further > 0) process.stdout.write(`         and ${further} more\n`)
  }
  return found.every(({ breaches }) => breaches.length === 0)
}
