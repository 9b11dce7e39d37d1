#!/usr/bin/env node
'use strict'
// Puts clients with known flaws, and the official SDK, through all scenarios: each has to fail exactly the checks that it
// should. The tests put each through a few only, since these take a minute.

const { join } = require('node:path')
const { checkClient } = require('../../build/src/judge/client/check-client')
const clients = require('../../test/judge/clients/flawed.json')
const { runBounded } = require('../run-bounded')

const patience = 600_000
/** How many to judge at a time: they wait for most of it. */
const together = 4

const folder = join(__dirname, '../../test/judge/clients')

/** @typedef {{ name: string, command: string[], expected: Record<'fail' | 'reported' | 'skip', string[]> }} Judged */

/** @type {Judged[]} */
const judged = [
  ...clients.map(({ flaws, fail, reported = [], skip = [] }) => ({
    name: flaws.join(' and ') || 'does everything right',
    command: [join(folder, 'client.mjs'), ...flaws],
    expected: { fail, reported, skip },
  })),
  {
    name: 'is the official SDK',
    command: [join(folder, 'sdk.mjs')],
    // It retries neither, and has no option for heartbeats.
    expected: { fail: [], reported: ['retry-502', 'broken-in-answer'], skip: ['slow-heartbeat'] },
  },
]

let isWell = true

/** @param {Judged} client */
async function judge({ name, command, expected }) {
  const { checks } = await checkClient({ command: [process.execPath, ...command] })
  const found = Object.fromEntries(
    Object.keys(expected).map((verdict) => [
      verdict,
      checks.filter((check) => check.verdict === verdict).map(({ id }) => id),
    ]),
  )
  const isGood = JSON.stringify(found) === JSON.stringify(expected)
  console.log(`${isGood ? 'ok' : 'NOT OK'}  a client that ${name}`)
  if (isGood) return
  isWell = false
  console.log(JSON.stringify({ expected, found }, null, 2))
  console.log(
    JSON.stringify(
      checks.filter(({ verdict }) => verdict !== 'pass'),
      null,
      2,
    ),
  )
}

async function worker() {
  for (let client = judged.shift(); client !== undefined; client = judged.shift()) await judge(client)
}

runBounded(patience, async () => {
  await Promise.all(Array.from({ length: together }, worker))
  return isWell
})
