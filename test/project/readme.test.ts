import { execFile, execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { runInThisContext } from 'node:vm'
import t, { type Test } from 'tap'
import { rowsOf } from '../../bench/readme'
import manifest from '../../package.json'
import { personas } from '../../src/accounts/personas'
import { errors } from '../../src/errors'
import { settings } from '../../src/settings'
import { rows, section } from '../support/readme-text'
import { deliveriesOf } from '../support/receiver'
import { basic, postOrder, sandboxFor } from '../support/sandbox'

const root = resolve(__dirname, '../..')
const published = 'http://127.0.0.1:4600'

/** The code blocks of a section that are written in `language`. */
const snippets = (heading: string, language: string) =>
  [...section(heading).matchAll(/^```(\w*)\n([^]*?)^```$/gm)]
    .filter(([, written]) => written === language)
    .map(([, , code]) => code ?? '')

const shell = async (command: string) => (await promisify(execFile)('sh', ['-c', command])).stdout

/** A project in which the snippets find this package and the SDK. */
function project(t: Test): string {
  const folder = t.testdir()
  for (const [name, target] of [
    [manifest.name, root],
    ...['@stackone/stackone-client-ts', '@types/node', 'undici-types'].map((dependency) => [
      dependency,
      join(root, 'node_modules', dependency),
    ]),
  ] as [string, string][]) {
    mkdirSync(dirname(join(folder, 'node_modules', name)), { recursive: true })
    symlinkSync(target, join(folder, 'node_modules', name))
  }
  return folder
}

t.test('the first call of the README answers as it shows, and its test_url opens', async (t) => {
  const { url } = await sandboxFor(t)
  const [start, call, wrong, ignored] = snippets('30 seconds', 'sh')
  const [shown] = snippets('30 seconds', 'json')

  t.equal(start, 'npm ci && npm start\n')
  const answer = JSON.parse(await shell((call ?? '').replace(published, url))) as Record<string, string>
  const example = JSON.parse(shown ?? '') as Record<string, string>
  t.strictSame(Object.keys(answer), Object.keys(example))
  for (const name of ['id', 'remote_id']) t.equal(answer[name]?.length, example[name]?.length)
  t.equal(answer['test_url']?.length, (example['test_url'] ?? '').replace(published, url).length)
  t.match(await (await fetch(answer['test_url'] ?? '')).text(), 'Mia Lindqvist')

  const refusal = await shell(`${(wrong ?? '').replace(published, url).trim()} --silent`)
  const [shownRefusal = '', shownWarning = ''] = snippets('30 seconds', '')
  for (const part of shownRefusal.split(/\n|(?<=null"), …\}/).filter((text) => text !== '')) t.match(refusal, part)

  const warned = await shell(`${(ignored ?? '').replace(published, url).trim()} --silent`)
  for (const line of shownWarning.trim().split('\n')) t.match(warned, line)
})

t.test('the lines that end a test run as the README has them', async (t) => {
  const sandbox = await sandboxFor(t)
  const acme = sandbox.account('acme')
  await postOrder(sandbox.url, { candidate: { nickname: 'Mi' } })
  const [line = ''] = snippets('Accepted, but suspicious', 'js')
  const run = runInThisContext(`async (acme) => { ${line} }`) as (...args: unknown[]) => Promise<unknown>
  await t.resolves(run(acme))
  const [clean = ''] = snippets('Accepted, but suspicious', 'sh')
  await t.rejects(shell(`${clean.replace(published, sandbox.url).trim()} --silent`), { message: /Command failed/ })
  await acme.reset()
  await postOrder(sandbox.url, {})
  t.equal(await shell(`${clean.replace(published, sandbox.url).trim()} --silent`), '{"checked":1}')
})

t.test('the SDK snippet runs', async (t) => {
  const { url } = await sandboxFor(t)
  const folder = project(t)
  writeFileSync(join(folder, 'sdk.mjs'), (snippets('Point your client at it', 'js')[0] ?? '').replace(published, url))
  t.match(await shell(`cd ${folder} && node sdk.mjs`), `${url}/tests/`)
})

t.test('the recipes of the orderer and of the provider run', async (t) => {
  const folder = project(t)
  for (const [i, heading] of ['Be the orderer', 'Be the provider'].entries()) {
    const file = `recipe-${String(i)}.test.mjs`
    writeFileSync(join(folder, file), snippets(heading, 'js')[0] ?? '')
    execFileSync(process.execPath, [file], { cwd: folder })
  }

  const [start = '', recruit = ''] = snippets('Be the provider', 'sh')
  const [, webhooks = ''] = /^SANDBOX_WEBHOOKS='(.+)' npm start\n$/.exec(start) ?? []
  const { url } = await sandboxFor(t, { webhooks: [webhooks], callbackTargets: 'none' })
  t.match(JSON.parse(await shell(recruit.replace(published, url))), {
    account: 'acme',
    order: { package: { name: 'SQL queries' } },
  })
  t.match(await deliveriesOf({ url }), [{ event: 'ats_assessments.created', url: 'http://127.0.0.1:3000/stackone' }])
})

t.test('the test snippets run', (t) => {
  const folder = project(t)
  writeFileSync(join(folder, 'order.test.mjs'), snippets('In a test', 'js')[0] ?? '')
  execFileSync(process.execPath, ['order.test.mjs'], { cwd: folder })

  writeFileSync(join(folder, 'using.mts'), snippets('In a test', 'ts')[0] ?? '')
  const options = ['--strict', '--module', 'nodenext', '--target', 'es2022', '--lib', 'es2022,esnext.disposable']
  const tsc = require.resolve('typescript/bin/tsc')
  execFileSync(process.execPath, [tsc, ...options, '--types', 'node', '--skipLibCheck', 'using.mts'], { cwd: folder })
  t.match(execFileSync(process.execPath, ['using.mjs'], { cwd: folder, encoding: 'utf8' }), 'http://127.0.0.1:')
  t.end()
})

t.test('the table of options is the one in the code', (t) => {
  const inCode = Object.entries(settings).map(([option, { flag, env, about, accepts, shown }]) => [
    `\`${flag}\``,
    `\`${env}\``,
    `\`${option}\``,
    about,
    accepts,
    shown,
  ])
  t.strictSame(rows('Options'), inCode)
  t.end()
})

t.test('the table of errors is the one in the code', (t) => {
  const inCode = Object.values(errors).map(({ status, errorCode, when }) => [String(status), `\`${errorCode}\``, when])
  t.strictSame(rows('Errors'), inCode)
  t.end()
})

t.test('the table of accounts that always behave so is the one in the code', (t) => {
  t.strictSame(
    rows('Accounts that always behave so'),
    personas.map(({ id, about }) => [`\`${id}\``, about]),
  )
  t.end()
})

t.test('each line of the table for tests does what it says', async (t) => {
  const lines = rows('Arrange, act, assert').map(([, line = '']) => /^`([^`]+)`/.exec(line)?.[1] ?? '')
  t.ok(lines.length > 15)
  for (const line of lines) {
    const sandbox = await sandboxFor(t, { callbackTargets: 'none', expireAfter: 60 })
    const acme = sandbox.account('acme')
    await postOrder(sandbox.url, { id: 'order-1' })
    const run = runInThisContext(`async (sandbox, acme) => { ${line} }`) as (...args: unknown[]) => Promise<unknown>
    await t.resolves(run(sandbox, acme), line)
  }
  const folder = project(t)
  writeFileSync(join(folder, 'control.mjs'), snippets('Arrange, act, assert', 'js')[0] ?? '')
  t.equal(execFileSync(process.execPath, ['control.mjs'], { cwd: folder, encoding: 'utf8' }), 'passed\n')
})

t.test('the figures of speed are those of the last benchmark', (t) => {
  const results = JSON.parse(readFileSync(join(root, 'bench/results.json'), 'utf8')) as Parameters<typeof rowsOf>[0]
  const figures = rowsOf(results)
  for (const heading of ['Speed', 'Speed with Redis', 'Round trips to Redis']) {
    const shown = rows(heading)
    t.ok(shown.length >= 3)
    for (const [name = '', ...cells] of shown) t.strictSame(cells, figures[name], name)
  }
  t.end()
})

t.test('each row of the ledger says how sure it is and when it was checked', (t) => {
  const ledger = rows('Fidelity')
  t.ok(ledger.length > 20)
  for (const [behaviour, sure, checked] of ledger) {
    t.match(sure, /^(documented|observed|documented, observed|assumed|sandbox)$/, String(behaviour))
    t.match(checked, /^\d{4}-\d\d-\d\d$/)
  }
  t.end()
})

t.test('every call of the table is answered', async (t) => {
  const { url } = await sandboxFor(t)
  const headers = { authorization: basic('sandbox'), 'x-account-id': 'acme' }
  for (const [calls = ''] of rows('What it answers')) {
    for (const call of calls.replaceAll('`', '').split(', ')) {
      const [method = '', path = ''] = call.split(' ')
      const response = await fetch(url + path.replace(/\{\w+\}/, 'none'), { method, headers })
      t.ok(response.status < 500, `${call} answers ${String(response.status)}`)
      // A stream never ends.
      if (response.headers.get('content-type') === 'text/event-stream') await response.body?.cancel()
      else t.notMatch(await response.text(), 'Cannot ', call)
    }
  }
})

t.test('the commands of CONTRIBUTING.md run scripts, files and tests that there are', (t) => {
  const text = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8')
  const scripts = [...text.matchAll(/npm (?:run )?([\w:]+)/g)].map(([, name = '']) => name)
  for (const name of new Set(scripts)) t.ok(name === 'ci' || name in manifest.scripts, name)
  const files = [...text.matchAll(/(test\/\S+?\.ts)(?: --grep='([^']+)')?/g)]
  t.ok(files.length >= 4)
  for (const [, file = '', pattern = ''] of files)
    t.ok(readFileSync(join(root, file), 'utf8').includes(pattern), `${file} ${pattern}`)
  t.end()
})
