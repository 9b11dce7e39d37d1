import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Test } from 'tap'
import { steadyPort } from '../../scripts/steady-port'
import { until } from './until'

const executable = ['/usr/sbin/nginx', '/usr/bin/nginx', '/usr/local/sbin/nginx'].find(existsSync)

/** For tap's option `skip`: why tests with nginx are skipped, or false. */
export const skip = executable === undefined && 'nginx is not installed (apt-get install nginx-light)'

export const configuration = readFileSync(resolve(__dirname, '../../deploy/nginx.conf'), 'utf8')

/** Runs nginx with `deploy/nginx.conf` in front of two replicas until the end of `t`; returns its URL. */
export async function nginxFor(t: Test, [first, second]: readonly [number, number]): Promise<string> {
  const port = await steadyPort()
  const replaced: readonly [string, string][] = [
    ['listen 4600', `listen 127.0.0.1:${String(port)}`],
    ['sandbox-1:4600', `127.0.0.1:${String(first)}`],
    ['sandbox-2:4600', `127.0.0.1:${String(second)}`],
  ]
  const folder = t.testdirName
  const text = replaced.reduce(
    (before, [from, to]) => {
      if (!before.includes(from)) throw new Error(`deploy/nginx.conf does not contain ${from}`)
      return before.replace(from, to)
    },
    configuration.replaceAll('/tmp/', `${folder}/`),
  )
  t.testdir({ 'nginx.conf': text })

  const args = ['-p', folder, '-e', 'stderr', '-c', join(folder, 'nginx.conf'), '-g', 'daemon off;']
  const child = spawn(executable ?? '', args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let complaints = ''
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()))
  const exit = once(child, 'exit')
  t.teardown(async () => {
    child.kill('SIGTERM')
    await exit
  })
  const url = `http://127.0.0.1:${String(port)}`
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`nginx exited: ${complaints}`)
    return fetch(`${url}/metrics`).then(
      () => true,
      () => false,
    )
  })
  return url
}
