import t from 'tap'
import { probes } from '../../src/judge/verify/probes'
import { verifyServer } from '../../src/judge/verify/verify-server'
import { sandboxFor } from '../support/sandbox'
import { accessDifferences } from './verify/access'
import { accountDifferences } from './verify/accounts'
import { checkDifferences } from './verify/checks'
import { orderDifferences } from './verify/orders'
import { proxyFor } from './verify/proxy'
import { readDifferences } from './verify/reads'
import { requestDifferences } from './verify/requests'
import { resultDifferences } from './verify/results'

const differences = [
  ...accessDifferences,
  ...requestDifferences,
  ...readDifferences,
  ...accountDifferences,
  ...orderDifferences,
  ...resultDifferences,
  ...checkDifferences,
]

/** Whether each difference is held against every probe, and not only against those of the groups that notice it. */
const isThorough = process.env['EVERY_CHECK'] === 'on'

const groupsOf = (ids: readonly string[]) => [...new Set(ids.map((id) => String(id.split('-', 1)[0])))]

t.test('a server that differs in one behaviour fails exactly the probes of that row of the ledger', async (t) => {
  t.setTimeout(480_000)
  const { url } = await sandboxFor(t, { apiKeys: ['key-of-verify'], accounts: ['acme', 'globex'], journalSize: 1 })
  const proxy = await proxyFor(t, url)
  const asUser = { url: proxy.url, key: 'key-of-verify', account: 'acme', isWriting: true }
  for (const { what, row, fails, mutate } of differences) {
    proxy.mutate = mutate
    const { checks } = await verifyServer({ ...asUser, ...(!isThorough && { only: groupsOf(fails) }) })
    const failed = checks.filter(({ verdict }) => verdict === 'fail')
    t.strictSame(failed.map(({ id }) => id).sort(), fails.toSorted(), what)
    t.ok(
      failed.some(({ why }) => why.includes(`The ledger has: ${row}`)),
      `${what}: names the row`,
    )
    for (const { evidence } of failed) t.ok(evidence, `${what}: shows the call`)
  }
})

t.test('each probe notices a difference', (t) => {
  const noticed = new Set(differences.flatMap(({ fails }) => fails))
  t.strictSame(
    probes.map(({ id }) => id).filter((id) => !noticed.has(id)),
    [],
  )
  t.end()
})
