import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { root } from '../support/documents'
import { judged } from '../support/judged'
import { providerFor } from '../support/provider'

t.jobs = 4

t.test('wrong use of the judge exits with 2 and says what to do', async (t) => {
  const url = ['--webhook-url', 'http://127.0.0.1:9/hook']
  const uses: [args: string[], message: string | RegExp][] = [
    [['check'], 'Usage: assessments-sandbox check'],
    [['check', 'nothing'], "unknown command 'nothing'"],
    [['check', 'client'], 'Give the command to run after --, as in: check client -- npm test'],
    [['check', 'client', '--', './no-such-command'], './no-such-command was not found'],
    [['check', 'provider'], 'There is nothing to check: give the address of the webhook'],
    [
      ['check', 'provider', '--webhook-url', '127.0.0.1:3000'],
      'The address of the webhook must begin with http:// or https://',
    ],
    [['check', 'provider', ...url, '--what'], "unknown option '--what'"],
    [['check', 'provider', ...url, 'more'], 'too many arguments'],
    [['check', 'provider', ...url, '--only', 'reciever'], 'There is no check called reciever: did you mean receiver?'],
    [['check', 'provider', ...url, '--only', ','], 'It must be names, separated by commas.'],
    [['check', 'provider', ...url, '--skip', 'result-retry-42'], 'did you mean result-retry-429?'],
    [['check', 'provider', ...url, '--report', 'xml=report'], 'It must be json=FILE, junit=FILE or markdown=FILE.'],
    [['check', 'provider', ...url, '--report', 'json='], 'It must be json=FILE'],
    [['check', 'provider', ...url, '--report', 'json=/no/such/folder'], "--report can't write to /no/such/folder"],
    [['check', 'provider', ...url, '--within', 'soon'], 'It must be a time such as 30s, 500ms or 2m.'],
    [['check', 'provider', ...url, '--within', '0'], 'It must be a time'],
    [['check', 'provider', ...url, '--port', '70000'], 'It must be a whole number from 0 to 65535.'],
    [
      ['check', 'provider', ...url, '--command', 'echo no licence; exit 3'],
      "The provider's command ended with code 3. It wrote:\nno licence",
    ],
    [['check', 'provider', ...url, '--command', 'kill -9 $$'], "The provider's command ended with SIGKILL"],
  ]
  for (const [args, message] of uses) {
    const { code, stderr } = await judged(t, args)
    t.equal(code, 2, args.join(' '))
    t.match(stderr, message)
  }
})

t.test('--list shows every check with its reason and source, and runs none', async (t) => {
  const { code, stdout } = await judged(t, ['check', 'provider', '--list'])
  t.equal(code, 0)
  t.match(stdout, 'receiver-repeat\n    A repeated delivery does not start a second assessment\n    Deliveries arrive')
  t.match(stdout, '    Source: docs/contract.md, Webhooks (documented)\n')
  const { code: helped, stdout: help } = await judged(t, ['check', 'provider', '--help'])
  t.equal(helped, 0)
  t.match(help, '--packages-auth <key>')
  t.equal((await judged(t, ['check', '--help'])).code, 0)
})

t.test('on a terminal, progress is one line, and verdicts are coloured unless NO_COLOR is set', async (t) => {
  const folder = t.testdir({
    'terminal.cjs': 'process.stdout.isTTY = process.stderr.isTTY = true; process.stderr.columns = 80',
  })
  const preload = ['--require', join(folder, 'terminal.cjs')]
  const { webhookUrl } = await providerFor(t)
  const args = ['check', 'provider', '--webhook-url', webhookUrl, '--only', 'receiver-native']
  const plain = await judged(t, args, { NO_COLOR: '1' }, preload)
  t.match(plain.stdout, '✓ receiver-native')
  t.match(plain.stderr, '\r\x1b[KThe webhook accepts a signed native event')
  const coloured = await judged(t, args, { NO_COLOR: '' }, preload)
  t.match(coloured.stdout, '\x1b[32m✓\x1b[39m receiver-native')
})

t.test('a plain start loads nothing of the judge', (t) => {
  const script = `require('./dist/index.js'); console.log(Object.keys(require.cache).join())`
  const { stdout } = spawnSync(process.execPath, ['--eval', script], { cwd: root, encoding: 'utf8' })
  t.match(stdout, 'sandbox.js')
  t.notMatch(stdout, 'judge.js')
  t.notMatch(readFileSync(join(root, 'dist/sandbox.js'), 'utf8'), 'receiver-repeat')
  t.end()
})
