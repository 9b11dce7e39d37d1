import type { SpawnOptions } from 'node:child_process'
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { runInThisContext } from 'node:vm'
import type { Test } from 'tap'
import manifest from '../../package.json'
import type { Block } from '../../scripts/docs/markdown'
import { spawnKept } from '../../scripts/kept-process'
import { steadyPort } from '../../scripts/steady-port'
import type { SandboxOptions } from '../../src/index'
import { settings } from '../../src/settings'
import { root } from './documents'
import { keepIfFailed } from './failures'
import { postOrder, sandboxFor } from './sandbox'
import { until } from './until'

/** What a snippet printed, with the port of the documents. `code` is null while what it started is still running. */
export interface Ran {
  code: number | null
  stdout: string
  stderr: string
}

/** The port of the documents. */
const published = '4600'
const startsSandbox = /(^|\s)(npm start|assessments-sandbox(?! (?:healthcheck|check|verify)\b))\b/
/** A last command that is a sandbox in the foreground, so that the next block is typed in another terminal. */
const isSandbox = new RegExp(`${startsSandbox.source}[^&\\n]*$`)
const compilerOptions = ['--strict', '--module', 'nodenext', '--target', 'es2022', '--lib', 'es2022,esnext.disposable']

/** Runs the snippets of one document, in their order: in one project, and against one sandbox on one port. */
export async function snippetsFor(t: Test) {
  const folder = project(t)
  const port = String(await steadyPort())
  const commands = commandsIn(folder)
  const env = { ...ownEnv(), PATH: [commands, join(root, 'node_modules/.bin'), process.env['PATH']].join(delimiter) }
  const sandboxEnv = { PORT: port, HOST: '127.0.0.1', SANDBOX_CALLBACK_TARGETS: 'none' }
  let count = 0
  /** Ends the sandbox that runs; undefined while none does. */
  let stop: (() => Promise<void>) | undefined

  async function restart(options: SandboxOptions) {
    await stop?.()
    const sandbox = await sandboxFor(t, { port: Number(port), callbackTargets: 'none', ...options })
    stop = () => sandbox.close()
  }

  /** Runs a command until it ends or, with `isServer`, until a sandbox is ready. */
  async function run(command: string, args: string[], isServer = false): Promise<Ran> {
    const files = ['stdout', 'stderr'].map((name) => join(folder, `${String(++count)}.${name}`))
    const [stdout = 0, stderr = 0] = files.map((file) => openSync(file, 'w'))
    const [printed, warned] = files.map((file) => () => readFileSync(file, 'utf8')) as [() => string, () => string]
    keepIfFailed(t, 'log', () => warned() + printed())
    const options = { cwd: folder, env: { ...env, ...sandboxEnv }, stdio: ['ignore', stdout, stderr] }
    const { child, ended } = spawnKept(command, args, options as SpawnOptions)
    const end = async () => {
      try {
        // End what it left in the background, too.
        process.kill(-Number(child.pid), 'SIGKILL')
      } catch {
        // All of it has ended.
      }
      await ended
    }
    t.teardown(end)
    const isReady = () => printed().includes('"msg":"ready"')
    await until(async () => child.exitCode !== null || (isServer && isReady()))
    if (isReady()) stop = end
    return { code: child.exitCode, stdout: printed().replaceAll(port, published), stderr: warned() }
  }

  const here = (code: string) => code.replaceAll(published, port)

  async function script(code: string, extension: string): Promise<Ran> {
    const name = `snippet-${String(++count)}`
    writeFileSync(join(folder, `${name}.${extension}`), code)
    if (extension !== 'mts') return run(process.execPath, [`${name}.${extension}`])
    // The one that builds this package: it is several times quicker.
    const tsc = join(root, 'node_modules/typescript7/bin/tsc')
    const checked = await run(process.execPath, [
      tsc,
      ...compilerOptions,
      '--types',
      'node',
      '--skipLibCheck',
      `${name}.mts`,
    ])
    return checked.code === 0 ? run(process.execPath, [`${name}.mjs`]) : { ...checked, stderr: checked.stdout }
  }

  return {
    /** `text` with the port in use here in place of the documents' port. */
    here,
    /** Runs a block of a shell or of JavaScript or TypeScript. */
    async run({ language, code, notes }: Block): Promise<Ran> {
      const options = notes.flatMap(optionsOf)
      if (options.length > 0) await restart(Object.assign({}, ...options) as SandboxOptions)
      if (language === 'sh' && startsSandbox.test(code)) {
        await stop?.()
        stop = undefined
      } else if (stop === undefined && code.includes(published)) await restart({})
      if (language === 'sh') return run('sh', ['-e', '-c', here(code)], isSandbox.test(code.trim()))
      if (!/^import |\brequire\(/m.test(code)) return fragment(t, code)
      return script(here(code), language === 'ts' ? 'mts' : code.includes('require(') ? 'cjs' : 'mjs')
    },
  }
}

/** Runs lines that stand for a part of a test: `sandbox` and `acme` are there, and one order. */
export async function fragment(t: Test, code: string): Promise<Ran> {
  const sandbox = await sandboxFor(t, { callbackTargets: 'none', expireAfter: 60 })
  await postOrder(sandbox.url, { id: 'order-1' })
  const run = runInThisContext(`async (sandbox, acme) => { ${code}\n }`) as (...args: unknown[]) => Promise<unknown>
  try {
    await run(sandbox, sandbox.account('acme'))
    return { code: 0, stdout: '', stderr: '' }
  } catch (error) {
    return { code: 1, stdout: '', stderr: String(error) }
  } finally {
    await sandbox.close()
  }
}

/** The options that `<!-- with: NAME=VALUE … -->` asks for. */
function optionsOf(note: string): SandboxOptions[] {
  const [, given] = /^with: (.+)$/.exec(note) ?? []
  return (given?.split(' ') ?? []).map((pair) => {
    const name = pair.slice(0, pair.indexOf('='))
    const [option, setting] = Object.entries(settings).find(([, { env }]) => env === name) ?? []
    if (option === undefined || setting === undefined)
      throw new Error(`${name} is not an environment variable of the sandbox.`)
    return { [option]: setting.fromText(pair.slice(name.length + 1)) }
  })
}

/** Without what belongs to the sandboxes of whoever runs the tests. */
const ownEnv = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(SANDBOX_.*|PORT|HOST|LOG_LEVEL)$/.test(name)))

/** A project in which the snippets find this package, the SDK, and the types of Node. */
function project(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), 'snippets-'))
  t.teardown(() => {
    rmSync(folder, { recursive: true })
  })
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')
  const link = (name: string, target: string) => {
    mkdirSync(dirname(join(folder, 'node_modules', name)), { recursive: true })
    symlinkSync(target, join(folder, 'node_modules', name))
  }
  link(manifest.name, root)
  for (const name of ['@stackone/stackone-client-ts', '@types/node', 'undici-types'])
    link(name, join(root, 'node_modules', name))
  return folder
}

/** The commands of the snippets, for this checkout: nothing is installed, and the sandbox is the one that was built. */
function commandsIn(folder: string): string {
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  const sandbox = `exec '${process.execPath}' '${join(root, 'dist/cli.js')}' "$@"`
  const isKnown =
    'for name; do case "$name" in -* | ci | install) ;; *) [ -d "node_modules/$name" ] || exit 1 ;; esac; done'
  const npm = `case "$1" in
ci | install) ${isKnown} ;;
start) shift; [ "$1" != -- ] || shift; exec assessments-sandbox "$@" ;;
*) echo "npm $*: not possible in a snippet" >&2; exit 1 ;;
esac`
  const npx = 'while [ "${1#-}" != "$1" ]; do shift; done\nexec "$@"'
  for (const [name, text] of Object.entries({ 'assessments-sandbox': sandbox, [manifest.name]: sandbox, npm, npx }))
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 })
  return bin
}
