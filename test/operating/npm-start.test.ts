import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import t, { type Test } from 'tap'
import { isRunByNpm, parentOf } from '../../src/cli/npm'
import { commandFile } from '../support/command-line'
import { until } from '../support/until'

const root = resolve(__dirname, '../..')
/** Milliseconds; enough for a build on a busy machine. */
const patience = 120_000

interface Started {
  child: ChildProcess
  url: string
  output: () => string
  isListening: () => Promise<boolean>
}

/** Starts `command` in a separate process group, as a terminal does, and waits until a sandbox is ready. */
async function started(
  t: Test,
  [command = '', ...args]: string[],
  // Off by default: it would measure npm too, and the tests of the CLI cover most of what npm runs.
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
      // All have ended.
    }
  })
  await until(async () => ready() !== undefined, patience)
  const url = String(ready())
  const { port } = new URL(url)
  return { child, url, output: () => output, isListening: () => accepts(Number(port)) }
}

/** Whether something listens. `fetch` may not notice that the server of a kept connection has ended. */
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

/** A user's package with these `scripts` and the sandbox installed. */
function packageWith(t: Test, scripts: Record<string, string>): string {
  const command = `#!/usr/bin/env node\nrequire(${JSON.stringify(commandFile)})\n`
  const folder = t.testdir({
    'package.json': JSON.stringify({ name: 'consumer', version: '1.0.0', scripts }),
    node_modules: { '.bin': { 'assessments-sandbox': command } },
  })
  chmodSync(join(folder, 'node_modules/.bin/assessments-sandbox'), 0o755)
  return folder
}

t.test('npm start ends with npm on any signal, and frees its port', async (t) => {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGKILL'] as const) {
    const sandbox = await started(t, ['npm', 'start'])
    sandbox.child.kill(signal)
    await ended(sandbox)
    await until(async () => sandbox.output().includes('"msg":"stopping"'), patience)
    t.pass(`${signal}: stopped gracefully`)
  }
})

t.test('npm waits for the sandbox and exits with its code', async (t) => {
  const sandbox = await started(t, ['npm', 'start'])
  sandbox.child.kill('SIGTERM')
  t.strictSame(await once(sandbox.child, 'exit'), [0, null])
  t.equal(await sandbox.isListening(), false)
})

t.test('Ctrl-C, which reaches both npm and the sandbox, counts once', async (t) => {
  const sandbox = await started(t, ['npm', 'start'])
  // An unfinished call keeps it running until npm forwards the signal.
  const { port } = new URL(sandbox.url)
  const socket = connect(Number(port), '127.0.0.1').on('error', () => undefined)
  socket.write('POST /_sandbox/orders HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n{')
  await once(socket, 'connect')
  process.kill(-Number(sandbox.child.pid), 'SIGINT')
  t.strictSame(await once(sandbox.child, 'exit'), [0, null])
})

t.test("a package script ends with npm too, even if npm's shell forwards no signal", async (t) => {
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

t.test('a sandbox detached on purpose outlives the shell and npm', async (t) => {
  const cwd = packageWith(t, { background: 'assessments-sandbox & sleep 0.1' })
  const inBackground = await started(t, ['npm', 'run', 'background'], { cwd })
  const fromShell = await started(t, ['bash', '-c', 'nohup npm start & sleep 0.1'])
  for (const { child } of [inBackground, fromShell]) if (child.exitCode === null) await once(child, 'exit')

  const hungUp = await started(t, ['bash', '-c', 'nohup npm start & wait'])
  process.kill(-Number(hungUp.child.pid), 'SIGHUP')
  await once(hungUp.child, 'exit')

  // Takes longer than noticing that npm has ended.
  const sandbox = await started(t, ['npm', 'start'])
  sandbox.child.kill('SIGKILL')
  await ended(sandbox)
  for (const { url, output } of [inBackground, fromShell, hungUp])
    t.equal((await fetch(`${url}/_sandbox/health`)).status, 200, output())
})

t.test('only a script that runs the sandbox in the foreground ends it', (t) => {
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
  'the parent of a process is found, whatever the name of the process',
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
    t.ok(Number.isNaN(parentOf(2 ** 30)), 'NaN for a missing process')
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
  // Part of the package.
  cpSync(join(root, 'docs/agents.md'), join(folder, 'docs/agents.md'))
  return folder
}

t.test('npm start builds the sandbox after npm ci --ignore-scripts', async (t) => {
  const cwd = checkout(t)
  symlinkSync(join(root, 'node_modules'), join(cwd, 'node_modules'))
  const sandbox = await started(t, ['npm', 'start'], { cwd })
  t.ok(await sandbox.isListening())
  t.ok(existsSync(join(cwd, 'dist/cli.js')))
})

t.test('without the build tools, npm start and npm ci say what to do', async (t) => {
  const cwd = checkout(t)
  for (const script of ['start', 'dependencies']) {
    try {
      execFileSync('npm', ['run', '--silent', script], { cwd, stdio: 'pipe', encoding: 'utf8' })
      t.fail(`npm run ${script} did not fail`)
    } catch (error) {
      t.equal(
        (error as { stderr: string }).stderr,
        'Cannot build the sandbox, because its build tools are not installed: run `npm ci --include=dev`.\n',
      )
    }
  }
})

t.test("a failed build ends npm start with the compiler's error", async (t) => {
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

t.test('npm installs the build tools even without development dependencies', (t) => {
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
