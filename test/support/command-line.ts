import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import type { Test } from 'tap'
import { keepIfFailed } from './failures'

/** The built command. Coverage can't be read from the bundle, whose lines are long: then the compiled files run. */
const isMeasured = process.env['_TAPJS_PROCESSINFO_COVERAGE_'] === '1'
export const commandFile = resolve(__dirname, '../..', isMeasured ? 'build/src/cli.js' : 'dist/cli.js')

/** Before a command in a shell: what a measured process starts would be measured too, and is not the sandbox. */
export const unmeasured = 'NODE_V8_COVERAGE='

export interface Run {
  child: ChildProcess
  /** What it has written so far. */
  stdout: () => string
  stderr: () => string
  exit: Promise<[number | null, NodeJS.Signals | null]>
}

/** Runs the built CLI, and stops it at the end of `t` if it still runs. */
export function run(t: Test, args: string[] = [], env: Record<string, string> = {}, preload: string[] = []): Run {
  const child = spawn(process.execPath, [...preload, commandFile, ...args], {
    env: { ...process.env, MEASURED: '1', ...env },
  })
  const written = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk: Buffer) => (written.stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (written.stderr += chunk.toString()))
  const exit = once(child, 'close') as Run['exit']
  keepIfFailed(t, 'log', () => written.stderr + written.stdout)
  t.teardown(async () => {
    child.kill('SIGTERM')
    child.stdout.resume()
    await exit
  })
  return { child, stdout: () => written.stdout, stderr: () => written.stderr, exit }
}

export const lines = (run: Run) =>
  run
    .stdout()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

/** Resolves with the first line whose message is `msg`; rejects if the process ends first. */
export async function line(run: Run, msg: string): Promise<Record<string, unknown>> {
  for (;;) {
    const found = lines(run).find((candidate) => candidate['msg'] === msg)
    if (found) return found
    await Promise.race([
      once(run.child.stdout as NodeJS.ReadableStream, 'data'),
      run.exit.then(() => Promise.reject(new Error(`exited without logging "${msg}": ${run.stderr()}`))),
    ])
  }
}

/** Runs the CLI on a free port until it is ready. */
export async function serving(t: Test, args: string[] = [], env: Record<string, string> = {}) {
  const server = run(t, ['--port', '0', ...args], env)
  return { ...server, url: (await line(server, 'ready'))['url'] as string }
}
