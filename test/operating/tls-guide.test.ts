import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import t from 'tap'
import { blocksRunBy } from '../support/documents'
import { serving } from '../support/command-line'

const isMissing = spawnSync('openssl', ['version']).error !== undefined

t.test('the certificate of the guide works', { skip: isMissing && 'openssl is not installed' }, async (t) => {
  const folder = t.testdir()
  const [setUp, calls] = blocksRunBy(__filename).map(({ code }) => code)
  const [openssl = '', start = ''] = String(setUp).split(/^(?=assessments-sandbox)/m)
  const shell = (script: string) => execFileSync('sh', ['-e', '-c', script], { cwd: folder, stdio: 'pipe' }).toString()
  shell(openssl)
  const [, ...args] = start.trim().split(' ')
  const { url } = await serving(
    t,
    args.map((arg) => (arg.endsWith('.pem') ? join(folder, arg) : arg)),
  )
  t.equal(shell(String(calls).replaceAll('https://127.0.0.1:4600', url)), '{"status":"ok"}200\n')
})
