import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import t from 'tap'
import { failedAssertions } from '../../scripts/tap/failed-assertions'

const support = JSON.stringify(join(__dirname, '../support/sandbox'))
const preloaded = ['compiled-once.mjs', 'one-domain.cjs'].map((name) => `--import=./scripts/tap/${name}`)
const argsFor = (folder: string) => ['--enable-source-maps', ...preloaded, join(folder, 'some.test.ts')]
const optionsFor = (folder: string) => ({
  cwd: join(__dirname, '../..'),
  env: { ...process.env, TEST_FAILURES: join(folder, 'kept'), TAP_CHILD_ID: '' },
})

t.test("an uncaught error fails its test and keeps the sandbox's log", (t) => {
  const folder = t.testdir({
    'some.test.ts': `import t from 'tap'
import { postOrder, sandboxFor } from ${support}
t.test('of a timer', async (t) => {
  const { url } = await sandboxFor(t)
  await postOrder(url, { id: 'order-2041' })
  setTimeout(() => { throw new Error('late') }, 1)
  await new Promise((resolve) => setTimeout(resolve, 1_000))
})
t.test('of a promise', async () => {
  void Promise.reject(new Error('left alone'))
  await new Promise(setImmediate)
})
t.test('that is expected', async (t) => {
  const seen = new Promise((resolve) => process.once('uncaughtException', resolve))
  queueMicrotask(() => { throw new Error('expected') })
  t.match(await seen, { message: 'expected' })
})
t.test('of none', async (t) => t.pass())
`,
    kept: {},
  })
  const { stdout, status } = spawnSync(process.execPath, argsFor(folder), { ...optionsFor(folder), encoding: 'utf8' })
  t.equal(status, 1)
  const results = stdout.match(/^(not )?ok \d+ - .*?(?= #)/gm) ?? []
  // At the end tap repeats the failed ones.
  t.strictSame(results.slice(0, 4), [
    'not ok 1 - of a timer',
    'not ok 2 - of a promise',
    'ok 3 - that is expected',
    'ok 4 - of none',
  ])
  for (const error of ['late', 'left alone']) t.match(stdout, `    not ok 1 - ${error}\n`)

  t.strictSame(readdirSync(join(folder, 'kept')), ['some-of-a-timer-1.log'])
  t.match(readFileSync(join(folder, 'kept/some-of-a-timer-1.log'), 'utf8'), 'order-2041')
  t.end()
})

t.test("a test that never ends keeps its sandbox's log too", async (t) => {
  for (const how of ['has nothing left to wait for', 'takes too long']) {
    const isLong = how === 'takes too long'
    const folder = t.testdir({
      'some.test.ts': `import t from 'tap'
import { postOrder, sandboxFor } from ${support}
t.test('of none', async (t) => { await sandboxFor(t) })
t.test(${JSON.stringify(how)}, async (t) => {
  const sandbox = await sandboxFor(t)
  await postOrder(sandbox.url, { id: 'order-2041' })
  ${isLong ? "process.stdout.write('# waiting\\n')" : 'await sandbox.close()'}
  await new Promise(() => {})
})
`,
      kept: {},
    })
    const child = spawn(process.execPath, argsFor(folder), {
      ...optionsFor(folder),
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    child.stdout.on('data', (chunk) => String(chunk).includes('# waiting') && child.kill('SIGALRM'))
    await once(child, 'close')
    const name = `some-${how.replaceAll(' ', '-')}-1.log`
    t.strictSame(readdirSync(join(folder, 'kept')), [name])
    t.match(readFileSync(join(folder, 'kept', name), 'utf8'), 'order-2041')
  }
})

t.test('npm test ends with a list of failures and their locations', (t) => {
  const folder = t.testdir({
    'some.test.ts': `import t from 'tap'
t.test('of numbers', async (t) => {
  t.pass('well')
  t.equal(1, 2, 'the same')
})
t.test('of none', async (t) => t.fail('here', { hint: 'try again' }))
`,
  })
  const { stdout } = spawnSync(process.execPath, argsFor(folder), { ...optionsFor(folder), encoding: 'utf8' })
  const place = relative(join(__dirname, '../..'), join(folder, 'some.test.ts'))
  t.strictSame(failedAssertions(stdout), [
    `of numbers > the same\n    at ${place}:4\n    @@ -1,1 +1,1 @@\n    -2\n    +1`,
    `of none > here\n    at ${place}:6\n    try again`,
  ])

  const killed = 'not ok 1 - test/flow.test.ts\n  ---\n  exitCode: null\n  signal: SIGKILL\n  ...\n1..1\n'
  t.strictSame(failedAssertions(killed), ['test/flow.test.ts\n    ended with SIGKILL'])
  t.end()
})
