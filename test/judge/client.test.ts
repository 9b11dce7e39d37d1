import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import t from 'tap'
import { checkClient, type ClientToCheck, type Report, type Verdict } from '../../src/judge/index'
import { scenarios } from '../../src/judge/client/scenarios'
import clients from './clients/flawed.json'

// Each test mostly waits for its client.
t.jobs = 12

const client = (...flaws: string[]) => [process.execPath, join(__dirname, 'clients/client.mjs'), ...flaws]

const check = (flaws: readonly string[], options: Partial<ClientToCheck> = {}) =>
  checkClient({ command: client(...flaws), ...options })

const idsOf = ({ checks }: Report, wanted: Verdict) =>
  checks.filter(({ verdict }) => verdict === wanted).map(({ id }) => id)

const resultOf = ({ checks }: Report, wanted: string) => checks.find(({ id }) => id === wanted)

t.test('a client that does everything right passes all checks, in their order', async (t) => {
  const steps: string[] = []
  const report = await check(['orders several'], { seed: 'spring', onStep: (sentence) => steps.push(sentence) })
  t.strictSame(
    report.checks.filter(({ verdict }) => verdict !== 'pass'),
    [],
  )
  t.strictSame(
    report.checks.map(({ id }) => id),
    scenarios.map(({ id }) => id),
  )
  t.strictSame(
    steps,
    scenarios.map(({ title }) => title),
  )
})

// scripts/judge/clients.js puts each of them through all checks.
for (const { flaws, fail, reported = [], skip = [] } of clients.slice(2))
  t.test(`a client that ${flaws.join(' and ')} fails ${fail.join(', ') || 'nothing'}`, async (t) => {
    const report = await check(flaws, { only: ['success', ...fail, ...reported, ...skip, 'requests-clean'] })
    t.strictSame(idsOf(report, 'fail'), fail)
    t.strictSame(idsOf(report, 'reported'), reported)
    t.strictSame(idsOf(report, 'skip'), skip)
  })

t.test('orders that are sent at the same time are no repeats of each other', async (t) => {
  const refused = await check(['orders in parallel', 'asks who it is'], { only: ['success', 'refused', 'requests'] })
  t.strictSame(idsOf(refused, 'pass'), ['success', 'refused-body', 'refused-account', 'requests-clean'])
  for (const flaws of [['counts its tries'], ['sends a new id each time']]) {
    const retried = await check(['orders in parallel', ...flaws], { only: ['retry-429', 'retry-408'] })
    t.strictSame(idsOf(retried, 'pass'), ['retry-429', 'retry-408'], flaws.join())
  }
  const alone = await check(['counts its tries', 'sends no id'], { only: ['retry-429'] })
  t.strictSame(idsOf(alone, 'pass'), ['retry-429'])
})

t.test('a failure says what was seen and what to do, with the requests and the output of that run', async (t) => {
  const report = await check(['ignores Retry-After'], { only: ['retry-429'] })
  const [result] = report.checks
  t.match(
    result?.why,
    /^It sent the order again after \d+ ms, although Retry-After was 1 s. Read Retry-After, and wait/,
  )
  t.match(
    result?.evidence?.sent,
    /^ {4}0 ms {2}POST \/unified\/ats\/assessments\/orders {2}429 {2}\{"id":"order-client-/,
  )
  t.match(result?.evidence, { received: 'exit code 0', curl: null })
  t.equal(report.checks.length, 1, 'the run without a fault is not a result when it was not asked for')
})

t.test('a client that waits for longer than allowed fails that scenario, and is ended', async (t) => {
  const report = await check(['hangs after 429'], { only: ['success', 'retry-429'], withinMs: 5_000 })
  t.strictSame(idsOf(report, 'fail'), ['retry-429'])
  t.match(resultOf(report, 'retry-429'), {
    why: 'It did not end within 5 s, and was stopped. End with an error instead',
    evidence: { received: 'no end within 5 s' },
  })
})

t.test('a client that fails when nothing goes wrong is not put through the other scenarios', async (t) => {
  const kept = { skip: ['slow', 'retry', 'broken', 'refused-account'] }
  const [hanging, quiet, killed, lost] = await Promise.all([
    check(['hangs'], { ...kept, withinMs: 500 }),
    check(['orders nothing'], kept),
    check(['kills itself'], kept),
    check(['uses a wrong path'], { only: ['success', 'slow-heartbeat', 'requests-clean'] }),
  ])
  t.strictSame(idsOf(hanging, 'fail'), ['success'])
  t.match(resultOf(hanging, 'success'), {
    why: 'It did not end within 0.5 s, and was stopped. It sent 0 requests to STACKONE_SERVER_URL.',
    evidence: { sent: 'no request', received: 'no end within 0.5 s' },
  })
  t.match(resultOf(hanging, 'refused-body'), {
    verdict: 'skip',
    why: 'The command fails even when nothing goes wrong. It did not end within 0.5 s',
  })
  t.match(resultOf(hanging, 'requests-clean'), { verdict: 'skip', why: 'It sent no request' })
  t.match(resultOf(hanging, 'retry-429'), { verdict: 'skip', why: 'left out by --skip' })
  t.match(resultOf(quiet, 'success')?.why, 'It placed no order for the account in STACKONE_ACCOUNT_ID.')
  t.match(resultOf(killed, 'success')?.why, 'It ended with signal SIGKILL, although nothing went wrong.')

  t.strictSame(idsOf(lost, 'fail'), ['success', 'requests-clean'], 'its requests show why')
  t.match(resultOf(lost, 'success')?.why, 'POST /unified/ats/orders was refused with 404')
  t.match(resultOf(lost, 'slow-heartbeat')?.verdict, 'skip')
})

t.test('a client that orders in the first run alone is told that its calls met no fault', async (t) => {
  const report = await check(['orders once'], { only: ['retry-429'] })
  t.match(report.checks, [{ verdict: 'fail', why: 'none of its calls met the fault this time' }])
})

t.test('a client may send another body when it tries again, as long as there is one order', async (t) => {
  const flaws = ['sends a new id each time', 'does not ask for heartbeats']
  const report = await check(flaws, { only: ['retry-429', 'slow-answer'] })
  t.strictSame(idsOf(report, 'pass'), ['retry-429', 'slow-answer'])
})

t.test('warnings of all runs are listed, the same one once', async (t) => {
  const [paths, repeats] = await Promise.all([
    check(['asks for unknown paths'], { only: ['requests-clean', 'refused-account'] }),
    check([], { only: ['broken-json', 'requests-clean'] }),
  ])
  const why = String(resultOf(paths, 'requests-clean')?.why)
  t.match(why, /^Fix these: GET \/unified\/ats\/a: Cannot GET \/unified\/ats\/a; .*; and 1 more\.$/)
  t.strictSame(idsOf(repeats, 'fail'), [], 'an order that a scenario makes the client repeat is no mistake')
})

t.test('the official SDK waits for Retry-After, and reads answers as they should be', async (t) => {
  const sdk = [process.execPath, join(__dirname, 'clients/sdk.mjs')]
  const report = await checkClient({ command: sdk, only: ['retry-429', 'broken-json', 'requests-clean'] })
  t.strictSame(idsOf(report, 'pass'), ['retry-429', 'broken-json', 'requests-clean'])
})

t.test('wrong use rejects with a TypeError that says what to do', async (t) => {
  await t.rejects(checkClient({ command: [] }), new TypeError('There is no command to run.'))
  await t.rejects(check([], { only: ['retry-492'] }), { name: 'TypeError', message: 'did you mean retry-4' })
  await t.rejects(checkClient({ command: ['./no-such-command'] }), {
    name: 'TypeError',
    message: './no-such-command was not found. Give the command',
  })
  await t.rejects(checkClient({ command: [__filename] }), { name: 'TypeError', message: "can't be started: spawn" })
})

t.test('an interrupt ends the command', async (t) => {
  const controller = new AbortController()
  const { signal } = controller
  const server = createServer(() => {
    controller.abort()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const connected = once(server, 'connection')
  const command = [process.execPath, '-e', `fetch('http://127.0.0.1:${String(port)}')`]
  await t.rejects(checkClient({ command, signal }), new Error('interrupted'))
  await connected
  server.close()
  await once(server, 'close')
  t.pass('its connection is closed')
  await t.rejects(checkClient({ command, signal }), new Error('interrupted'), 'also one that came before')
})
