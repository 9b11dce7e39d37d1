import { join } from 'node:path'
import t from 'tap'
import type { Report, Verdict } from '../../src/judge/check'
import { checkClient, type ClientToCheck } from '../../src/judge/client/check-client'

const client = (...flaws: string[]) => [process.execPath, join(__dirname, 'clients/client.mjs'), ...flaws]

const check = (flaws: readonly string[], options: Partial<ClientToCheck> = {}) =>
  checkClient({ command: client(...flaws), ...options })

const idsOf = ({ checks }: Report, wanted: Verdict) =>
  checks.filter(({ verdict }) => verdict === wanted).map(({ id }) => id)

const flawed: [string[], string[]][] = [
  [['gives up after 429'], ['retry-429']],
  [['gives up after 408'], ['retry-408']],
  [['ignores Retry-After'], ['retry-429', 'retry-408']],
  [['sends no id'], ['broken-in-answer', 'broken-json']],
  [['sends a new id each time'], ['broken-in-answer', 'broken-json']],
  [['is impatient'], ['slow-answer', 'slow-heartbeat']],
  [['retries 400'], ['refused-body']],
  [['retries 412'], ['refused-account']],
  [['writes camelCase'], ['requests-clean']],
  [['hides 502'], ['retry-502']],
  [['does not expect newlines'], ['slow-heartbeat']],
  [['does not read answers'], ['broken-json']],
  [['asks for an unknown path'], ['requests-clean']],
]
t.jobs = 20
for (const [flaws, ids] of flawed)
  t.test(`x ${flaws.join()}`, async (t) => {
    const report = await check(flaws)
    t.strictSame(idsOf(report, 'fail'), ids)
    for (const c of report.checks)
      if (c.verdict !== 'pass') t.comment(JSON.stringify([c.id, c.verdict, c.why, c.evidence], null, 1))
  })
t.test('right', async (t) => {
  const report = await check([])
  t.strictSame(
    report.checks.filter((c) => c.verdict !== 'pass'),
    [],
  )
})
t.test('several', async (t) => {
  const report = await check(['orders several'])
  t.strictSame(
    report.checks.filter((c) => c.verdict !== 'pass'),
    [],
  )
})
