import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import t from 'tap'
import { paceFor } from '../../src/judge/verify/pace'
import { probes } from '../../src/judge/verify/probes'
import { checkedOn } from '../../src/routes/reference/fidelity'
import { ledger } from '../../src/routes/reference/ledger/ledger'
import { sandboxFor } from '../support/sandbox'
import { ids, key, known, verdicts, verify } from './verify/verify'

t.test('the sandbox does everything that its ledger says', async (t) => {
  const { url } = await sandboxFor(t, known)
  const done: string[] = []
  const report = await verify(`${url}/`, { isWriting: true, seed: 'a', onResult: ({ id }) => done.push(id) })
  t.strictSame(
    report.checks.filter(({ verdict }) => verdict !== 'pass'),
    [],
  )
  t.strictSame(
    done,
    probes.map(({ id }) => id),
  )
})

t.test('without --write, probes that the server may accept are skipped', async (t) => {
  const { url } = await sandboxFor(t, known)
  const report = await verify(url)
  t.strictSame(
    ids(report, 'skip'),
    probes.filter(({ isWriting }) => isWriting).map(({ id }) => id),
  )
  t.match(verdicts(report, 'skip')[0]?.why, 'add --write')
  t.strictSame(ids(report, 'fail'), [])
})

t.test('a sandbox that links any account skips only what is about unknown accounts', async (t) => {
  const { url } = await sandboxFor(t, { apiKeys: [key] })
  const report = await verify(url, { isWriting: true })
  t.strictSame(ids(report, 'skip'), ['account-unknown', 'precedence-account-body'])
  t.match(verdicts(report, 'skip')[0]?.why, 'SANDBOX_ACCOUNTS')
  t.strictSame(ids(report, 'fail'), [])
})

t.test('each row of the ledger names probes that exist, or says why there are none', (t) => {
  const named = new Set(ledger.flatMap(({ probes = [] }) => probes))
  t.strictSame([...named].sort(), probes.map(({ id }) => id).sort())
  for (const { behaviour, probes, unprobed } of ledger) t.ok(probes?.length ?? unprobed, behaviour)
  t.ok(ledger.filter(({ probes }) => probes !== undefined).length >= 60)
  t.equal(new Set(probes.map(({ id }) => id)).size, probes.length, 'ids are unique')
  for (const { id } of probes) t.match(id, /^[a-z]+(-[a-z]+)+$/)
  const headings = readFileSync(resolve(__dirname, '../../docs/contract.md'), 'utf8')
  for (const { source } of probes) t.match(headings, `\n## ${String(/md, (.+) \(/.exec(source)?.[1])}\n`, source)
  t.end()
})

t.test('a row of the ledger was checked on the day of its earliest probe, and never if one did not run', (t) => {
  const row = ledger.find(({ probes }) => probes?.length === 2)
  const unprobed = ledger.find((each) => each.unprobed !== undefined)
  if (row === undefined || unprobed === undefined) throw new Error('the ledger has no such rows')
  const [one = '', two = ''] = row.probes ?? []
  t.equal(checkedOn(row, { [one]: '2026-12-02', [two]: '2026-12-01' }), '2026-12-01')
  t.equal(checkedOn(row, { [one]: '2026-12-02' }), 'never')
  t.equal(checkedOn(row), 'never')
  t.equal(checkedOn(unprobed, { [one]: '2026-12-02' }), 'never')
  t.end()
})

t.test('a server gets ten calls a second at most, one on this machine as many as it takes', async (t) => {
  let now = 1_000
  const waits: number[] = []
  const time = { now: () => now, wait: async (ms: number) => void waits.push((now += ms) && ms) }
  const remote = paceFor([{ address: '192.0.2.1', family: 4 }], time)
  for (let call = 0; call < 3; call++) await remote()
  t.strictSame(waits, [100, 100])
  now += 50
  await remote()
  now += 500
  await remote()
  t.strictSame(waits, [100, 100, 50])
  for (const address of ['127.0.0.1', '::1'])
    for (let call = 0; call < 3; call++) await paceFor([{ address, family: 4 }], time)()
  t.equal(waits.length, 3)
})
