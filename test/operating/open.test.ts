import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import t, { type Test } from 'tap'
import { opener } from '../../src/cli/open-in-browser'
import { lines, serving } from '../support/command-line'
import { until } from '../support/until'

/** A folder for PATH with an xdg-open that runs `script`. */
function fakeOpener(t: Test, script: string): string {
  const folder = join(t.testdir(), 'bin')
  mkdirSync(folder)
  writeFileSync(join(folder, 'xdg-open'), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  return folder
}

const path = process.env['PATH'] ?? ''
const isLinux = process.platform === 'linux'

t.test('--open opens the inspector in the browser once the sandbox is ready', { skip: !isLinux }, async (t) => {
  const bin = fakeOpener(
    t,
    `echo "$1" > '${t.testdirName}/opened.part'; mv '${t.testdirName}/opened.part' '${t.testdirName}/opened'`,
  )
  const { url } = await serving(t, ['--open'], { PATH: bin + delimiter + path, BROWSER: '' })
  let opened = ''
  await until(async () => {
    try {
      opened = readFileSync(join(t.testdirName, 'opened'), 'utf8')
    } catch {
      return false
    }
    return true
  })
  t.equal(opened, `${url}/\n`)
})

t.test(
  'a browser that cannot be opened is a line in the log, and the sandbox serves',
  { skip: !isLinux },
  async (t) => {
    for (const [env, why] of [
      [{ PATH: fakeOpener(t, 'exit 3'), BROWSER: '' }, 'xdg-open failed'],
      [{ PATH: '/nowhere', BROWSER: '' }, 'spawn xdg-open ENOENT'],
      [{ BROWSER: '/nowhere/browser' }, 'spawn /nowhere/browser ENOENT'],
    ] as const) {
      const server = await serving(t, ['--open'], env)
      const sentence = `could not open ${server.url}/ in a browser (${why}): open it yourself`
      await until(async () => lines(server).some(({ msg }) => msg === sentence))
      t.equal((await fetch(`${server.url}/_sandbox/health`)).status, 200, why)
    }
  },
)

t.test('each system has its own way to open the browser', async (t) => {
  t.strictSame(opener('linux', {}), ['xdg-open'])
  t.strictSame(opener('linux', { BROWSER: 'firefox' }), ['firefox'])
  t.strictSame(opener('darwin', {}), ['open'])
  t.strictSame(opener('win32', { BROWSER: 'firefox' }), ['cmd', '/c', 'start', '""'])
})
