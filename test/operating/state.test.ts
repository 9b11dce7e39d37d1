import { once } from 'node:events'
import { appendFile, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { connectSandbox } from '../../src/index'
import { lines, run, serving } from '../support/command-line'
import { postOrder } from '../support/sandbox'
import { until } from '../support/until'

/** A file for a state, gone at the end of `t`. */
async function fileFor(t: Test): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'state-'))
  t.teardown(() => rm(dir, { recursive: true }))
  return join(dir, 'sandbox.state')
}

t.test('orders survive kill -9, and the file can be used again at once; by one sandbox only', async (t) => {
  const file = await fileFor(t)
  const first = await serving(t, [], { SANDBOX_STATE: file })
  await postOrder(first.url, { id: 'order-1' })
  await until(async () => (await readFile(file, 'utf8')).includes('order-1'))
  const second = run(t, ['--state', file, '--port', '0'])
  t.strictSame(await second.exit, [1, null])
  t.equal(second.stderr(), `--state must be a state file, but ${file} is in use by another sandbox.\n`)
  first.child.kill('SIGKILL')
  await first.exit
  const next = await serving(t, ['--state', file])
  t.match(await connectSandbox(next.url).orders.list(), [{ id: 'order-1' }])
})

t.test('the end waits for the state, whatever calls are still open', async (t) => {
  const file = await fileFor(t)
  const server = await serving(t, ['--state', file])
  const control = connectSandbox(server.url)
  await control.faults.add({ answer: 'none' })
  const waiting = control.orders.waitFor({ id: 'never' }, { timeoutMs: 60_000 }).catch(() => 'ended')
  const unanswered = postOrder(server.url, { id: 'unanswered' }).catch(() => 'ended')
  await until(async () => (await control.faults.list())[0]?.struck === 1)
  const { hostname, port } = new URL(server.url)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => undefined)
  socket.write('POST /unified/ats/assessments/orders HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n{')
  await once(socket, 'connect')
  await postOrder(server.url, { id: 'order-1' })
  server.child.kill('SIGTERM')
  t.strictSame(await server.exit, [0, null])
  t.strictSame([await waiting, await unanswered], ['ended', 'ended'])
  const next = await serving(t, ['--state', file])
  t.match(await connectSandbox(next.url).orders.get('order-1'), { id: 'order-1' })
})

t.test('a state that cannot be saved is logged at once and at the end, and the exit code is 1', async (t) => {
  const file = await fileFor(t)
  const server = await serving(t, ['--state', file])
  await rename(file, `${file}.moved`)
  await postOrder(server.url, { id: 'order-1' })
  const problem = `the state is not saved: ${file} was removed or replaced by something else`
  await until(async () => lines(server).some(({ msg, level }) => msg === problem && level === 50))
  server.child.kill('SIGTERM')
  t.strictSame(await server.exit, [1, null])
  t.match(lines(server).at(-1), { level: 60, msg: problem })
})

t.test('what a kill tore off the file, and how far a long read has come, are in the log', async (t) => {
  const file = await fileFor(t)
  const first = await serving(t, ['--state', file])
  first.child.kill('SIGTERM')
  await first.exit
  await appendFile(file, '5390f47e {"order":')
  const next = await serving(t, ['--state', file])
  t.match(lines(next)[0], { level: 40, bytes: 18, msg: 'dropped what was being written when the sandbox was killed' })
})

t.test('--save-on-exit and its variable lead to the option that took their place', async (t) => {
  for (const [args, env] of [
    [['--save-on-exit', 'state.json'], {}],
    [[], { SANDBOX_SAVE_ON_EXIT: 'state.json' }],
  ] as const) {
    const { exit, stderr } = run(t, [...args], env)
    t.strictSame(await exit, [1, null])
    t.match(stderr(), /^--save-on-exit has become --state \(SANDBOX_STATE\), which reads its files/)
  }
})
