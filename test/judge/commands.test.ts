import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import t from 'tap'
import { steadyPort } from '../../scripts/steady-port'
import type { Report } from '../../src/judge/index'
import { run, unmeasured } from '../support/command-line'
import { root } from '../support/documents'
import { ended, judged } from '../support/judged'
import { providerFor } from '../support/provider'
import { listenFor } from '../support/receiver'
import { until } from '../support/until'

t.jobs = 4

/** Resolves once the process is gone whose number is in `file`: dead ones stay until somebody collects them. */
const untilGone = (file: string) =>
  until(async () => {
    try {
      return !process.kill(Number(readFileSync(file, 'utf8')), 0)
    } catch {
      return true
    }
  })

/** The example, started by the shell on a free port. */
async function example() {
  const port = String(await steadyPort())
  const url = `http://127.0.0.1:${port}`
  const server = join(root, 'examples/provider/server.mjs')
  return {
    command: `PORT=${port} AUTOMATIC_CANDIDATES=on ${unmeasured} node ${server}`,
    options: [
      '--webhook-url',
      `${url}/stackone`,
      '--webhook-secret',
      'whsec_local',
      '--packages-url',
      `${url}/packages`,
    ],
  }
}

t.test('check provider starts the provider, judges it, writes reports, and ends all that it started', async (t) => {
  const folder = t.testdir()
  const { command, options } = await example()
  const files = ['json', 'junit', 'markdown'].flatMap((format) => ['--report', `${format}=${join(folder, format)}`])
  // Something that leaves the group of the command is ended too.
  const left = `setsid sh -c 'echo $$ > ${folder}/left; sleep 1000' & ${command}`
  const args = [...options, '--packages-auth', 'packages_local', '--command', left, ...files]
  const only = ['--only', 'packages,receiver-native,result-reported', '--skip', 'packages-time', '--within', '20s']
  const { code, stdout, stderr } = await judged(t, ['check', 'provider', ...args, ...only], { PORT: '1' })
  t.equal(code, 0)
  t.match(stdout, /^✓ packages-list {2}.*\n/)
  t.match(stdout, '- packages-time')
  t.match(stdout, '8 passed, 1 skipped\n')
  t.match(stderr, '1/9 ✓ packages-list')
  await untilGone(join(folder, 'left'))

  const report = JSON.parse(readFileSync(join(folder, 'json'), 'utf8')) as Report
  t.match(report.checks[0], {
    id: 'packages-list',
    title: 'The packages endpoint answers 200 with a valid list that is not empty',
    verdict: 'pass',
    why: /^What it answers is what a recruiter chooses from\./,
    source: 'docs/contract.md, Packages endpoint (documented)',
    evidence: null,
  })
  t.match(readFileSync(join(folder, 'junit'), 'utf8'), 'tests="9" failures="0" errors="0" skipped="1"')
  t.match(readFileSync(join(folder, 'markdown'), 'utf8'), '| pass | `packages-list` |')
})

t.test('a check that fails says what was sent, what came back and why it matters, and exits with 1', async (t) => {
  const folder = t.testdir()
  const { webhookUrl, packagesUrl } = await providerFor(t)
  const file = join(folder, 'report.json')
  const args = ['--webhook-url', webhookUrl, '--packages-url', packagesUrl, '--packages-auth', 'another_key']
  const only = ['--only', 'packages', '--report', `json=${file}`, '--report', `junit=${file}.xml`]
  const { code, stdout } = await judged(t, ['check', 'provider', ...args, ...only])
  t.equal(code, 1)
  for (const part of [
    '✗ packages-list',
    'The answer was 403. Are the address, the secret and the key right?',
    'Expected  200 with {next, data: [{id, name, …}]}, at least one package',
    'Source    docs/contract.md, Packages endpoint (documented)',
    `POST ${packagesUrl}`,
    '-H \'authorization: Basic \'"$PACKAGES_AUTH_BASE64"',
    '1 passed, 1 failed, 5 skipped\n',
  ])
    t.match(stdout, part)
  const text = readFileSync(file, 'utf8')
  for (const key of ['another_key', Buffer.from('another_key').toString('base64')]) {
    t.notMatch(stdout, key)
    t.notMatch(text, key)
  }
  const { checks } = JSON.parse(text) as Report
  t.match(checks[0], { verdict: 'fail', why: 'The answer was 403. Are the address, the secret and the key right?' })
  t.match(readFileSync(`${file}.xml`, 'utf8'), '<failure message="The answer was 403.')
})

t.test('the curl of a failed check sends the same again, even of an event of 1 MB', async (t) => {
  const bodies: string[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (text: string) => (body += text))
    request.on('end', () => {
      bodies.push(`${String(request.headers['x-stackone-signature'])} ${body}`)
      response.writeHead(body.length > 100_000 ? 413 : 200).end()
    })
  })
  const url = `http://127.0.0.1:${String(await listenFor(t, server))}`
  const { code, stdout } = await judged(t, ['check', 'provider', '--webhook-url', url, '--only', 'receiver-large'])
  t.equal(code, 1)
  t.match(stdout, '… (1000')
  const [, curl = ''] = stdout.split('Repeat it\n')
  const command = curl.split('\n\n')[0] ?? ''
  t.ok(command.length < 2_000)
  const before = bodies.at(-1)
  const { stdout: answer } = await ended(
    run(t, [], {}, [
      '--eval',
      `require('child_process').execFileSync('sh', ['-c', ${JSON.stringify(command)}], { stdio: 'inherit' })`,
      '--',
    ]),
  )
  t.match(answer, 'HTTP/1.1 413')
  t.equal(bodies.at(-1), before)
})

t.test('without --command, check provider says where to point the provider, and waits until it listens', async (t) => {
  const provider = await providerFor(t)
  const port = String(await steadyPort())
  const args = ['--webhook-url', `http://127.0.0.1:${port}/stackone#whsec_test`, '--only', 'result-reported']
  const command = run(t, ['check', 'provider', ...args, '--port', String(await steadyPort())])
  const told = (name: string) => new RegExp(`^  ${name}=(.*)$`, 'm').exec(command.stdout())?.[1] ?? ''
  await until(async () => told('STACKONE_ACCOUNT_ID') !== '')
  provider.onSandbox({
    url: told('STACKONE_SERVER_URL'),
    apiKey: told('STACKONE_API_KEY'),
    accountId: told('STACKONE_ACCOUNT_ID'),
  })
  // Listens at last.
  const server = createServer((request, response) => {
    void fetch(provider.webhookUrl, {
      method: 'POST',
      headers: { 'x-stackone-signature': String(request.headers['x-stackone-signature']) },
      body: request,
      duplex: 'half',
    }).then(({ status }) => response.writeHead(status).end())
  }).listen(Number(port), '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  const { code, stdout } = await ended(command)
  t.equal(code, 0)
  t.match(stdout, '1 passed')
})

t.test('a provider that dies fails the check that follows, with what it wrote last', async (t) => {
  const port = String(await steadyPort())
  const script = `require('http').createServer((_, r) => r.end('{}', () => { console.log('out of memory'); process.exit(3) })).listen(${port}, '127.0.0.1')`
  const command = `${process.execPath} -e "${script}"`
  const url = `http://127.0.0.1:${port}/hook`
  const { code, stdout } = await judged(t, ['check', 'provider', '--webhook-url', url, '--command', command])
  t.equal(code, 1)
  t.match(stdout, "The provider's command ended with code 3. It wrote:\n    out of memory")
  t.match(stdout, "Skipped, as the provider's command is gone:")
})

t.test('a command may start the provider in the background, but not beside another', async (t) => {
  const { command, options } = await example()
  const args = ['check', 'provider', ...options, '--only', 'receiver-native', '--command']
  const { code, stdout } = await judged(t, [...args, `(${command}) >/dev/null 2>&1 &`])
  t.equal(code, 0)
  t.match(stdout, '1 passed')

  const { webhookUrl } = await providerFor(t)
  const other = await judged(t, ['check', 'provider', '--webhook-url', webhookUrl, '--command', command])
  t.equal(other.code, 2)
  t.match(other.stderr, /Something already listens at 127\.0\.0\.1:\d+\. Stop it, or leave out --command to judge it\./)
})

t.test('an interrupted check ends the provider that it has started', async (t) => {
  const folder = t.testdir()
  const { options } = await example()
  const command = run(t, [
    'check',
    'provider',
    ...options,
    '--command',
    `trap '' TERM; echo $$ > ${folder}/pid; while :; do sleep 0.1; done`,
    '--report',
    `json=${folder}/report.json`,
  ])
  await until(async () => existsSync(join(folder, 'pid')) && readFileSync(join(folder, 'pid'), 'utf8') !== '')
  command.child.kill('SIGINT')
  t.match(await ended(command), { code: 130, stderr: /Interrupted\.\n$/ })
  await untilGone(join(folder, 'pid'))
  t.notOk(existsSync(join(folder, 'report.json')), 'no empty report is left')
})

t.test('check client takes the command after --, whatever options it has', async (t) => {
  const client = [process.execPath, join(__dirname, 'clients/client.mjs')]
  const { code, stdout } = await judged(t, ['check', 'client', '--only', 'success', '--', ...client, '--list'])
  t.equal(code, 0)
  t.match(stdout, '1 passed')
  const other = await judged(t, [
    'check',
    'client',
    '--only',
    'success',
    '--',
    ...client,
    'orders nothing',
    '--only',
    'x',
  ])
  t.match(other, { code: 1, stdout: 'It placed no order' })
})
