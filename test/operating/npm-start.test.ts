import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import t, { type Test } from 'tap'
import { isRunByNpm, parentOf } from '../../src/cli/npm'
import { until } from '../support/until'

const root = resolve(__dirname, '../..')
/** Milliseconds: a build on a busy machine is in it. */
const patience = 120_000

interface Started {
  child: ChildProcess
  url: string
  output: () => string
  isListening: () => Promise<boolean>
}

/** Runs `command` in a process group of its own, as a terminal does, until a sandbox is ready. */
async function started(
  t: Test,
  [command = '', ...args]: string[],
  // npm is a Node process too, and most of what it runs is covered by the tests of the command line.
  { cwd = root, isMeasured = false }: { cwd?: string; isMeasured?: boolean } = {},
): Promise<Started> {
  const child = spawn(command, args, {
    cwd,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...(isMeasured && { MEASURED: '1' }), PORT: '0', HOST: '127.0.0.1' },
  })
  let output = ''
  const ready = () => /"url":"([^"]+)","msg":"ready"/.exec(output)?.[1]
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  t.teardown(() => {
    try {
      process.kill(-Number(child.pid), 'SIGKILL')
    } catch {
      // All of them have ended.
    }
  })
  await until(async () => ready() !== undefined, patience)
  const url = String(ready())
  const { port } = new URL(url)
  return { child, url, output: () => output, isListening: () => accepts(Number(port)) }
}

/** Whether something listens. `fetch` is not sure to notice that the server of a connection it keeps has ended. */
async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  const isConnected = await once(socket, 'connect').then(
    () => true,
    () => false,
  )
  socket.destroy()
  return isConnected
}

/** Resolves once nothing listens any more. */
const ended = ({ isListening }: Started) => until(async () => !(await isListening()), patience)

/** A package of a user, with `scripts`, that has the sandbox installed. */
function packageWith(t: Test, scripts: Record<string, string>): string {
  const command = `#!/usr/bin/env node\nrequire(${JSON.stringify(join(root, 'dist/src/cli.js'))})\n`
  const folder = t.testdir({
    'package.json': JSON.stringify({ name: 'consumer', version: '1.0.0', scripts }),
    node_modules: { '.bin': { 'assessments-sandbox': command } },
  })
  chmodSync(join(folder, 'node_modules/.bin/assessments-sandbox'), 0o755)
  return folder
}

t.test('npm start ends with npm, whichever signal npm gets, and frees its port', async (t) => {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGKILL'] as const) {
    const sandbox = await started(t, ['npm', 'start'])
    sandbox.child.kill(signal)
    await ended(sandbox)
    await until(async () => sandbox.output().includes('"msg":"stopping"'), patience)
    t.pass(`${signal}: in good order`)
  }
})

t.test('npm waits for the sandbox, and exits as it does', async (t) => {
  const sandbox = await started(t, ['npm', 'start'])
  sandbox.child.kill('SIGTERM')
  t.strictSame(await once(sandbox.child, 'exit'), [0, null])
  t.equal(await sandbox.isListening(), false)
})

t.test('Ctrl-C, which reaches npm and the sandbox both, is one request to end', async (t) => {
  const sandbox = await started(t, ['npm', 'start'])
  // A call that is never finished keeps it from being gone before npm passes the signal on.
  const { port } = new URL(sandbox.url)
  const socket = connect(Number(port), '127.0.0.1').on('error', () => undefined)
  socket.write('POST /_sandbox/orders HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n{')
  await once(socket, 'connect')
  process.kill(-Number(sandbox.child.pid), 'SIGINT')
  t.strictSame(await once(sandbox.child, 'exit'), [0, null])
})

t.test("a script of a package ends with npm too, even if npm's shell passes no signal on", async (t) => {
  const cwd = packageWith(t, { sandbox: 'assessments-sandbox', both: 'true && assessments-sandbox && true' })
  for (const script of ['sandbox', 'both']) {
    for (const signal of ['SIGTERM', 'SIGHUP', 'SIGKILL'] as const) {
      const sandbox = await started(t, ['npm', 'run', script], { cwd, isMeasured: true })
      sandbox.child.kill(signal)
      await ended(sandbox)
      t.pass(`${script}, ${signal}`)
    }
  }
})

t.test('what was detached on purpose goes on when the shell or npm has ended', async (t) => {
  const cwd = packageWith(t, { background: 'assessments-sandbox & sleep 0.1' })
  const inBackground = await started(t, ['npm', 'run', 'background'], { cwd })
  const fromShell = await started(t, ['bash', '-c', 'nohup npm start & sleep 0.1'])
  for (const { child } of [inBackground, fromShell]) if (child.exitCode === null) await once(child, 'exit')

  const hungUp = await started(t, ['bash', '-c', 'nohup npm start & wait'])
  process.kill(-Number(hungUp.child.pid), 'SIGHUP')
  await once(hungUp.child, 'exit')

  // Longer than it takes to notice that npm has gone.
  const sandbox = await started(t, ['npm', 'start'])
  sandbox.child.kill('SIGKILL')
  await ended(sandbox)
  for (const { url, output } of [inBackground, fromShell, hungUp])
    t.equal((await fetch(`${url}/_sandbox/health`)).status, 200, output())
})

t.test('only a script that runs the sandbox in the foreground takes it along', (t) => {
  const runs = (script: string) => isRunByNpm({ npm_lifecycle_script: script })
  for (const script of [
    'exec node scripts/start.js',
    'assessments-sandbox --port 5000',
    "'assessments-sandbox'",
    'npm run seed && assessments-sandbox > log.txt 2>&1',
  ])
    t.ok(runs(script), script)
  for (const script of [
    'jest',
    'assessments-sandbox & jest',
    'nohup assessments-sandbox',
    'setsid assessments-sandbox',
    '',
  ])
    t.notOk(runs(script), script)
  t.notOk(isRunByNpm({}), 'without npm')
  t.end()
})

t.test(
  'the parent of a process is known, whatever the process is called',
  { skip: !existsSync('/proc') },
  async (t) => {
    const name = 'a) S 1 (b'
    const folder = t.testdir()
    cpSync('/bin/sleep', join(folder, name))
    const child = spawn(join(folder, name), ['60'])
    t.teardown(() => child.kill())
    await once(child, 'spawn')
    await until(async () => readFileSync(`/proc/${String(child.pid)}/stat`, 'utf8').includes(name))
    t.equal(parentOf(Number(child.pid)), process.pid)
    t.ok(Number.isNaN(parentOf(2 ** 30)), 'of one that is not there, nothing')
    t.end()
  },
)

/** A checkout of this repository without what `npm ci` adds. */
function checkout(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), 'checkout-'))
  t.teardown(() => {
    rmSync(folder, { recursive: true })
  })
  for (const name of ['package.json', '.npmrc', 'tsconfig.json', 'tsconfig.build.json', 'schemas', 'src', 'scripts'])
    cpSync(join(root, name), join(folder, name), { recursive: true })
  return folder
}

t.test('npm start builds what npm ci --ignore-scripts has not built', async (t) => {
  const cwd = checkout(t)
  symlinkSync(join(root, 'node_modules'), join(cwd, 'node_modules'))
  const sandbox = await started(t, ['npm', 'start'], { cwd })
  t.ok(await sandbox.isListening())
  t.ok(existsSync(join(cwd, 'dist/src/cli.js')))
})

t.test('without the tools to build it npm start and npm ci say what to do', async (t) => {
  const cwd = checkout(t)
  for (const script of ['start', 'prepare']) {
    try {
      execFileSync('npm', ['run', '--silent', script], { cwd, stdio: 'pipe', encoding: 'utf8' })
      t.fail('it fails')
    } catch (error) {
      t.equal(
        (error as { stderr: string }).stderr,
        'The sandbox cannot be built, because the tools for that are not installed: run `npm ci --include=dev`.\n',
      )
    }
  }
})

t.test('a broken build ends npm start with what is wrong with it', async (t) => {
  const cwd = checkout(t)
  symlinkSync(join(root, 'node_modules'), join(cwd, 'node_modules'))
  rmSync(join(cwd, 'src/version.ts'))
  const result = spawn('npm', ['start'], { cwd })
  let output = ''
  for (const stream of [result.stdout, result.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const [code] = (await once(result, 'close')) as [number]
  t.not(code, 0)
  t.match(output, /src\/\S+\.ts.*TS2307/)
  t.notMatch(output, /node:internal/)
})

t.test('npm installs what builds the sandbox even where development dependencies are left out', (t) => {
  const listed = (env: object, ...flags: string[]) =>
    execFileSync('npm', ['ls', 'typescript', '--depth=0', '--parseable', ...flags], {
      cwd: root,
      env: { ...process.env, ...env },
      encoding: 'utf8',
    })
  t.match(listed({ NODE_ENV: 'production' }), 'typescript')
  t.match(listed({}, '--omit=dev'), 'typescript')
  t.end()
})
