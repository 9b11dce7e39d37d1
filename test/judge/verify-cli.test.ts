import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import t from 'tap'
import { agreementTo } from '../../src/cli/agreement'
import { commandFile } from '../support/command-line'
import { blocksRunBy } from '../support/documents'
import { listenFor } from '../support/receiver'
import { sandboxFor } from '../support/sandbox'
import { proxyFor } from './verify/proxy'

const key = 'key-of-verify'
const known = { apiKeys: [key], accounts: ['acme', 'globex'] }

/** Runs the command without a terminal. */
async function verify(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [commandFile, 'verify', ...args], {
    env: { ...process.env, STACKONE_API_KEY: '', STACKONE_ACCOUNT_ID: '', MEASURED: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const written = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk: Buffer) => (written.stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (written.stderr += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, ...written }
}

t.test('verify says what differs, and writes a report that can be pasted into an issue', async (t) => {
  const { url } = await sandboxFor(t, known)
  const proxy = await proxyFor(t, url)
  proxy.mutate = (_asked, answered) => delete answered.headers['preference-applied']
  const folder = mkdtempSync(join(tmpdir(), 'verify-'))
  t.teardown(() => {
    rmSync(folder, { recursive: true })
  })
  const file = join(folder, 'report.md')
  const [shown] = blocksRunBy(__filename)
  const [, , ...options] = String(shown?.code)
    .replace('https://api.stackone.com', proxy.url)
    .replace('ACCOUNT_ID', 'acme')
    .replace('report.md', file)
    .split(' ')
    .slice(1)
  const { code, stdout, stderr } = await verify([...options, '--only', 'heartbeat,packages'], { STACKONE_API_KEY: key })
  t.equal(code, 1)
  t.match(stdout, /✗ heartbeat-applied[^]*The ledger has: Every operation accepts `Prefer: heartbeat`/)
  const markdown = readFileSync(file, 'utf8')
  t.match(markdown, '# assessments-sandbox verify')
  t.match(markdown, '| fail | `heartbeat-applied` |')
  for (const text of [stdout, stderr, markdown]) t.notOk(text.includes(key) || text.includes('acme'))
})

t.test('verify says what is missing', async (t) => {
  const cases = [
    [[], /--url https/],
    [['--url', 'http://127.0.0.1:1'], /--account, or STACKONE_ACCOUNT_ID/],
    [['--url', 'http://127.0.0.1:1', '--account', 'acme'], /STACKONE_API_KEY, or --key/],
    [['--url', 'http://127.0.0.1:1', '--account', 'acme', '--key', 'k'], /can't be verified. No answer arrived/],
  ] as const
  const runs = await Promise.all(cases.map(([args]) => verify(args)))
  for (const [i, { code, stderr }] of runs.entries()) {
    t.equal(code, 2)
    t.match(stderr, cases[i]?.[1])
  }
})

t.test('verify lists its probes without a server', async (t) => {
  const { code, stdout } = await verify(['--list'])
  t.equal(code, 0)
  t.match(stdout, /^key-missing\n {4}A call without a key is refused\n/)
})

t.test('verify --write says what it places, and sends nothing unless somebody agrees', async (t) => {
  const { url } = await sandboxFor(t, known)
  const proxy = await proxyFor(t, url)
  const args = ['--url', proxy.url, '--account', 'acme', '--write', '--only', 'orders-answer']
  // The flag wins over the variable.
  const refused = await verify([...args, '--key', key], { STACKONE_API_KEY: 'another' })
  t.equal(refused.code, 2)
  t.match(
    refused.stderr,
    /vera.invented@example.com[^]*Nothing was sent, because there is no terminal to ask on. Add --yes/,
  )
  t.strictSame(proxy.asked, [])
  const agreed = await verify([...args, '--key', key, '--yes'], { STACKONE_API_KEY: 'another' })
  t.equal(agreed.code, 0)
  t.match(agreed.stderr, 'vera.invented@example.com')
  t.match(agreed.stdout, '1 passed')
  t.notOk(agreed.stdout.includes(key))
})

t.test('somebody agrees by answering yes at a terminal', async (t) => {
  const answer = (text: string) => {
    const input = Object.assign(new PassThrough(), { isTTY: true })
    input.end(text)
    return agreementTo('Go on?', input, new PassThrough())
  }
  t.equal(await answer('y\n'), 'yes')
  t.equal(await answer('YES\n'), 'yes')
  t.equal(await answer('\n'), 'no')
  t.equal(await answer(''), 'no')
  t.equal(await agreementTo('Go on?', new PassThrough(), new PassThrough()), 'nobody')
})

t.test('verify --dry-run shows the requests and sends none, without a key', async (t) => {
  const port = await listenFor(
    t,
    createServer(() => t.fail('it is called')),
  )
  const url = `http://127.0.0.1:${String(port)}`
  const args = ['--url', url, '--account', 'acme', '--dry-run', '--only', 'orders,key']
  const reading = await verify(args)
  t.equal(reading.code, 0)
  t.match(reading.stdout, `GET ${url}/unified/ats/assessments/packages`)
  t.notMatch(reading.stdout, /^(POST|PATCH) .*\n(.+\n)*\n\{.*\}$/m)
  const { code, stdout } = await verify([...args, '--write'])
  t.equal(code, 0)
  t.match(stdout, `Nothing was sent to ${url}.`)
  t.match(stdout, `POST ${url}/unified/ats/assessments/orders`)
  t.match(stdout, 'authorization: Basic ***')
})
