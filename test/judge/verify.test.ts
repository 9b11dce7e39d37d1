import t from 'tap'
import { verifyServer } from '../../src/judge/verify/verify-server'
import { sandboxFor } from '../support/sandbox'

t.test('the sandbox does everything that its ledger says', async (t) => {
  const { url } = await sandboxFor(t, { apiKeys: ['key-of-verify'], accounts: ['acme', 'globex'] })
  const { checks } = await verifyServer({ url, key: 'key-of-verify', account: 'acme', isWriting: true })
  t.strictSame(
    checks.filter(({ verdict }) => verdict !== 'pass').map(({ id, why, evidence }) => ({ id, why, evidence })),
    [],
  )
  console.log(checks.length)
})
