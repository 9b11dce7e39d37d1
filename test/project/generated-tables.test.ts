import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { generatedParts } from '../../scripts/docs/generated'
import { parseDocument } from '../../scripts/docs/markdown'
import { personas } from '../../src/accounts/personas'
import { documents, generatedRows, root } from '../support/documents'
import { basic, sandboxFor } from '../support/sandbox'

const run = (folder: string, ...args: string[]) =>
  spawnSync(process.execPath, [join(root, 'scripts/docs.js'), '--folder', folder, ...args], { encoding: 'utf8' })

const part = (name: string, content: string) =>
  `<!-- generated: ${name} (npm run docs) -->\n\n${content}\n<!-- /generated -->\n`

t.test('a table that differs from the code fails the check, which names its rows, and is corrected without it', (t) => {
  const inCode = personas.map(({ id, about }) => `| \`${id}\` | ${about} |`)
  const [first = '', ...others] = inCode
  const stale = ['| account | what it does |', '| - | - |', '| `sandbox-gone` | Nothing |', ...others, ''].join('\n')
  const folder = t.testdir({ docs: { 'accounts.md': `# Accounts\n\n${part('accounts', stale)}\nAfter it.\n` } })
  const file = join(folder, 'docs/accounts.md')
  const before = readFileSync(file, 'utf8')

  const check = run(folder, '--check')
  t.equal(check.status, 1, check.stderr)
  t.strictSame(check.stdout.split('\n').slice(0, 3), [
    'docs/accounts.md:3: the table "accounts"',
    '  - | `sandbox-gone` | Nothing |',
    `  + ${first}`,
  ])
  t.match(check.stdout, '`npm run docs`')
  t.equal(readFileSync(file, 'utf8'), before, 'a check changes nothing')

  t.equal(run(folder).status, 0)
  const after = readFileSync(file, 'utf8')
  t.notMatch(after, 'sandbox-gone')
  t.match(after, /^# Accounts\n\n<!-- generated: .* -->\n\n\| account .*\n\n<!-- \/generated -->\n\nAfter it\.\n$/s)
  const again = run(folder, '--check')
  t.strictSame([again.status, again.stdout, again.stderr], [0, '', ''])
  t.end()
})

t.test('a marker that nothing closes, that nothing opens, or with an unknown name is an error with its place', (t) => {
  for (const [text, message] of [
    ['<!-- generated: accounts (npm run docs) -->\n', 'README.md:1: the table "accounts" is not closed'],
    ['Text\n\n<!-- /generated -->\n', 'README.md:3: nothing is open'],
    ['<!-- generated: accounts -->\n\n<!-- /generated -->\n', 'README.md:1: write the marker as'],
    [`<!-- generated: a (npm run docs) -->\n\n${part('b', '')}`, 'README.md:1: the table "a" is not closed'],
    [part('acounts', ''), 'README.md:1: there is no table "acounts"; there are settings, errors, accounts,'],
  ] as const) {
    const { status, stderr } = run(t.testdir({ 'README.md': text }), '--check')
    t.equal(status, 1)
    t.ok(stderr.startsWith(message), stderr)
  }
  const code = parseDocument('README.md', `\`\`\`\n${part('b', '')}\`\`\`\n`)
  t.strictSame(generatedParts(code), [], 'a marker inside a code block is ignored')
  t.end()
})

t.test(
  'settings, errors, accounts, calls, metrics, fidelity, checks and figures of speed each have a generated table',
  (t) => {
    const names = documents.flatMap(generatedParts).map(({ name }) => name)
    const expected = ['settings', 'errors', 'accounts', 'providers', 'http-api', 'metrics', 'fidelity', 'checks']
    expected.push('speed', 'speed-targets', 'speed-redis', 'round-trips')
    t.strictSame(names.toSorted(), expected.toSorted(), 'each table exists exactly once')
    t.end()
  },
)

t.test('every call of the reference is answered', async (t) => {
  const { url } = await sandboxFor(t, { metrics: 'on' })
  const headers = { authorization: basic('sandbox'), 'x-account-id': 'acme' }
  const calls = generatedRows('http-api').map(([call = '']) => call.replaceAll('`', ''))
  t.ok(calls.length > 40)
  for (const call of calls) {
    const [method = '', path = ''] = call.split(' ')
    const response = await fetch(url + path.replace(/\{\w+\}/, 'none'), { method, headers })
    t.ok(response.status < 500, `${call} answers ${String(response.status)}`)
    // A stream never ends.
    if (response.headers.get('content-type') === 'text/event-stream') await response.body?.cancel()
    else t.notMatch(await response.text(), '"message":"Cannot ', call)
  }
})
