import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'

t.test('a test fails when an error gets out of it, and keeps the log of its sandbox', (t) => {
  const support = JSON.stringify(join(__dirname, 'support'))
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
  const preloaded = ['compiled-once.mjs', 'one-domain.cjs'].map((name) => `--import=./scripts/tap/${name}`)
  const { stdout, status } = spawnSync(process.execPath, [...preloaded, join(folder, 'some.test.ts')], {
    cwd: join(__dirname, '..'),
    env: { ...process.env, TEST_FAILURES: join(folder, 'kept'), TAP_CHILD_ID: '' },
    encoding: 'utf8',
  })
  t.equal(status, 1)
  const results = stdout.match(/^(not )?ok \d+ - .*?(?= #)/gm) ?? []
  // At the end tap tells again of those that failed.
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
