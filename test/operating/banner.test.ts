import { execFileSync } from 'node:child_process'
import { createServer, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os'
import t, { type Test } from 'tap'
import { banner, type Shown } from '../../src/cli/banner'
import { differences } from '../../src/cli/differences'
import { readOptions } from '../../src/config'
import { allAddresses } from '../../src/http/all-addresses'
import type { SandboxOptions } from '../../src/index'
import { certificate } from '../support/certificate'
import { run } from '../support/command-line'
import { until } from '../support/until'

const usual: Shown = {
  addresses: ['http://127.0.0.1:4600'],
  credentials: { username: 'sandbox', password: '' },
  account: 'acme',
  access: { token: null, madeFor: [], isOpen: false },
  certificate: null,
  differences: [],
}

const running = { now: '2026-01-31T09:30:00.000Z', isFrozen: false }

/** What the banner of the command says, run on a terminal until it serves. */
async function shown(t: Test, args: string[] = [], env: Record<string, string> = {}, files = {}): Promise<string> {
  const folder = t.testdir({ ...files, 'preload.cjs': 'process.stdout.isTTY = true' })
  const server = run(t, ['--port', '0', ...args], env, ['--require', `${folder}/preload.cjs`])
  await until(async () => server.stdout().includes('TypeScript basics'))
  return server.stdout()
}

t.test('the banner shows the address, the key and a call to paste', async (t) => {
  const open = banner(usual)
  t.match(open, 'Address   http://127.0.0.1:4600')
  t.match(open, 'API key   sandbox (no password)')
  t.match(open, 'Inspector http://127.0.0.1:4600/\n')
  t.match(open, 'Reference http://127.0.0.1:4600/docs\n\n  Order')
  t.match(open, "curl http://127.0.0.1:4600/unified/ats/assessments/orders \\\n    -u sandbox: -H 'x-account-id: acme'")
  t.match(
    banner({ ...usual, credentials: { username: 'a$b', password: "it's" }, account: 'glo bex' }),
    String.raw`-u 'a$b:it'\''s' -H 'x-account-id: glo bex'`,
  )
  t.match(banner({ ...usual, addresses: ['http://[::1]:4600'] }), "curl -g 'http://[::1]:4600/unified")
})

t.test('the banner of a sandbox with default settings is short', async (t) => {
  t.match(await shown(t), /Reference \S+\/docs\n\n {2}Order an assessment:/)
})

t.test('the banner says what differs from the defaults', async (t) => {
  const folder = t.testdirName
  const env = {
    SANDBOX_ACCOUNTS: 'acme,globex=disabled,initech:greenhouse',
    SANDBOX_WEBHOOKS: 'http://127.0.0.1:4000/hooks#hunter2,http://127.0.0.1:4001/?token=hunter2',
    SANDBOX_PACKAGES_URL: 'http://127.0.0.1:4000/packages#hunter2',
    SANDBOX_CONTROL_TOKEN: 'hunter2',
    SANDBOX_RATE_LIMIT: '60',
    SANDBOX_MAX_ORDERS: '1000000',
    SANDBOX_METRICS: 'on',
  }
  const args = ['--clock', '2026-01-31T10:30:00+01:00', '--seed', 'spring\x1b[31m', '--strict']
  const files = ['--packages', `${folder}/packages.json`, '--ats', `${folder}/ats.json`, '--state', `${folder}/a.state`]
  const text = await shown(t, [...args, ...files], env, {
    'packages.json': '[{"id":"own"}]',
    'ats.json': '{"jobs":[]}',
  })
  t.match(
    text,
    `  Token     the one that you set, required by /_sandbox and the inspector

  Changed settings:

  Clock     frozen at 2026-01-31T09:30:00.000Z
  Seed      spring?[31m (ids and tokens are repeatable)
  State     ${folder}/a.state
  Accounts  acme, globex (disabled), initech:greenhouse
  Packages  ${folder}/packages.json
  Packages  asked at http://127.0.0.1:4000/packages
  ATS       ${folder}/ats.json
  Webhooks  http://127.0.0.1:4000/hooks
            http://127.0.0.1:4001/?token=***
  Strict    on (likely mistakes get 400)
  Also      --rate-limit 60
            --metrics on

  Order`,
  )
  t.notMatch(text, 'hunter2')
})

t.test('the banner names a shared store without its password, and shortens long lists', async (t) => {
  const said = (options: SandboxOptions) => differences(readOptions(options), options, running)
  t.strictSame(said({}), [])
  t.strictSame(said({ store: 'rediss://me:hunter2@redis.example.com:7000', storePrefix: 'team' }), [
    ['Store', ['rediss://redis.example.com:7000 (prefix team)']],
  ])
  t.strictSame(said({ accounts: ['a', 'b', 'c', 'd', 'e', 'f', 'g'], load: 'monday.json' }), [
    ['Snapshot', ['monday.json']],
    ['Accounts', ['a, b, c, d, e, and 2 more']],
  ])
})

t.test('the banner says whether a sandbox that others can reach requires a token', async (t) => {
  const open = await shown(t, ['--host', '0.0.0.0'])
  t.match(open, 'Token     none: anyone who reaches these addresses can control this sandbox.\n')
  const guarded = await shown(t, ['--host', '0.0.0.0', '--api-keys', 'own'])
  t.match(guarded, /Token {5}\S{20,}\n.*other machines can reach this sandbox/)
})

t.test('the banner shows every address that a sandbox listens on', async (t) => {
  const text = await shown(t, ['--host', '0.0.0.0'])
  const [, port = ''] = /Address {3}http:\/\/127\.0\.0\.1:(\d+)\n/.exec(text) ?? []
  for (const { address, family, internal } of Object.values(networkInterfaces()).flatMap((each) => each ?? []))
    if (family === 'IPv4' && !internal) t.match(text, `\n            http://${address}:${port}\n`)

  const interfaces = {
    lo: [addressOf('127.0.0.1', 'IPv4', { internal: true })],
    eth0: [
      addressOf('192.0.2.7', 'IPv4'),
      addressOf('2001:db8::7', 'IPv6'),
      addressOf('fe80::7', 'IPv6', { scopeid: 2 }),
    ],
    gone: undefined,
  }
  const on = (address: string, server: Server = createServer()) =>
    allAddresses(Object.assign(server, { address: () => ({ address, port: 4600, family: '' }) }), interfaces)
  t.strictSame(on('127.0.0.1'), ['http://127.0.0.1:4600'])
  t.strictSame(on('0.0.0.0'), ['http://127.0.0.1:4600', 'http://192.0.2.7:4600'])
  t.strictSame(on('::'), ['http://[::1]:4600', 'http://192.0.2.7:4600', 'http://[2001:db8::7]:4600'])
  t.strictSame(on('0.0.0.0', createSecureServer()), ['https://127.0.0.1:4600', 'https://192.0.2.7:4600'])
})

function addressOf(address: string, family: 'IPv4' | 'IPv6', rest: { internal?: boolean; scopeid?: number } = {}) {
  const facts = { address, netmask: '', mac: '', internal: false, cidr: null, scopeid: 0, ...rest }
  return { ...facts, family } as NetworkInterfaceInfo
}

t.test('the call in the banner of a sandbox with a certificate works', async (t) => {
  const text = await shown(t, ['--tls-cert', certificate.cert, '--tls-key', certificate.key])
  const call = text.slice(text.indexOf('curl'), text.indexOf('basics"}}\'') + 'basics"}}\''.length)
  t.match(JSON.parse(execFileSync('sh', ['-c', `${call} --silent`], { encoding: 'utf8' })), { test_url: /^https:/ })
})
