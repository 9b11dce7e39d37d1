import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { addressOf, lock } from '../../src/state-file/lock'

t.test('a file has one holder at a time, whatever its folder is called', async (t) => {
  const dir = t.testdir({ 'state.json': '', 'other.json': '' })
  const file = join(dir, 'state.json')
  const unlock = await lock(file)
  t.equal(await lock(file), null)
  t.equal(await lock(join(dir, '../', dir.split('/').at(-1) ?? '', 'state.json')), null)
  const other = await lock(join(dir, 'other.json'))
  t.ok(other)
  other?.()
  unlock?.()
  const again = await lock(file)
  t.ok(again)
  again?.()
})

t.test('where a socket is a file, the one of a holder that was killed is no obstacle', async (t) => {
  const dir = t.testdir({ 'state.json': '' })
  const file = join(dir, 'state.json')
  const address = await addressOf(file, 'darwin')
  t.teardown(() => rm(address, { force: true }))
  const code = `require('net').createServer().listen(${JSON.stringify(address)}, () => console.log('holds it'))`
  const holder = spawn(process.execPath, ['-e', code])
  t.teardown(() => holder.kill('SIGKILL'))
  await once(holder.stdout, 'data')
  t.equal(await lock(file, 'darwin'), null, 'while it lives')
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  t.ok(existsSync(address), 'its socket stays')
  const unlock = await lock(file, 'darwin')
  t.ok(unlock)
  unlock?.()
})

t.test('on Windows the holder listens at a named pipe', async (t) => {
  const dir = t.testdir({})
  t.match(await addressOf(join(dir, 'state.json'), 'win32'), /^\\\\\.\\pipe\\assessments-sandbox-[0-9a-f]{32}$/)
})

t.test('a reservation that the system refuses is an error, not a free file', async (t) => {
  const dir = t.testdir({ 'state.json': '' })
  await t.rejects(lock(join(dir, 'none/state.json')), { code: 'ENOENT' })
  const { TMPDIR = '/tmp' } = process.env
  t.teardown(() => (process.env['TMPDIR'] = TMPDIR))
  process.env['TMPDIR'] = '/nowhere'
  await t.rejects(lock(join(dir, 'state.json'), 'darwin'), { code: 'EACCES' })
})
