import { join } from 'node:path'
import { Command } from 'commander'
import t from 'tap'
import { addCheckClient } from '../../src/cli/check-client'
import { scenarios } from '../../src/judge/client/scenarios'

const client = (...args: string[]) => [process.execPath, join(__dirname, 'clients/client.mjs'), ...args]

t.test('check client takes the command after --, whatever it looks like', async (t) => {
  const program = () => {
    const program = new Command('assessments-sandbox')
    addCheckClient(program.command('check'))
    return program
  }
  const run = async (...args: string[]) => {
    const written = t.capture(process.stdout, 'write', () => true)
    const told = t.capture(process.stderr, 'write', () => true)
    const exits = t.capture(process, 'exit', () => {
      throw new Error('exit')
    })
    const { exitCode } = process
    await program()
      .parseAsync(['check', 'client', ...args], { from: 'user' })
      .catch(() => undefined)
    const code: unknown = process.exitCode
    process.exitCode = exitCode
    written.restore()
    told.restore()
    exits.restore()
    const textOf = (calls: { args: unknown[] }[]) => calls.map(({ args }) => String(args[0])).join('')
    return {
      stdout: textOf(written()),
      stderr: textOf(told()),
      code: exits().map(({ args }) => args[0])[0] ?? code,
    }
  }
  const listed = await run('--list')
  for (const { id } of scenarios) t.match(listed.stdout, id)

  const judged = await run('--within', '30s', '--only', 'success', '--', ...client('--list', '--only', 'nothing'))
  t.match(judged, { code: 0, stdout: '1 passed' })
  t.match(await run('--', ...client('orders nothing', '--only', 'x')), { code: 1, stdout: 'It placed no order' })

  t.match(await run(), { code: 2, stderr: 'Give the command to run after --, as in: check client -- npm test' })
  t.match(await run('--', './no-such-command'), { code: 2, stderr: './no-such-command was not found' })
})
