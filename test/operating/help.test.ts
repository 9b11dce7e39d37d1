import t, { type Test } from 'tap'
import { version } from '../../package.json'
import { line, run } from '../support/command-line'

/** What the command prints with `args`, and how it ends. */
async function printed(t: Test, args: string[]) {
  const command = run(t, args)
  const [code] = await command.exit
  return { code, stdout: command.stdout(), stderr: command.stderr().trim() }
}

t.test('help shows the commands, and with the name of a command what it does', async (t) => {
  const [all, start, provider] = await Promise.all([
    printed(t, ['help']),
    printed(t, ['help', 'start']),
    printed(t, ['help', 'check', 'provider']),
  ])
  t.match(all, { code: 0, stderr: '' })
  t.match(all.stdout, /^Usage: assessments-sandbox .*\n +help \[command\.\.\.\] .*--max-orders/s)
  t.match(start, { code: 0, stdout: /^Usage: assessments-sandbox start /, stderr: '' })
  t.match(start.stdout, /-p, --port <number> +port to listen on/)
  t.match(provider, { code: 0, stdout: /^Usage: assessments-sandbox check provider .*--webhook-url/s, stderr: '' })
})

t.test('an unknown command is refused with the one that was probably meant', async (t) => {
  const all = 'there are start (the default), healthcheck, help, check and verify.'
  for (const [args, sentence] of [
    [['serve'], `serve is not a command (did you mean start?): ${all}`],
    [['strat'], `strat is not a command (did you mean start?): ${all}`],
    [['help', 'verfy'], `verfy is not a command (did you mean verify?): ${all}`],
    [['fly'], `fly is not a command: ${all}`],
    [['--port', '0', 'healthcheck'], 'Put healthcheck first, before its options.'],
    [['help', 'check', 'run'], 'check run is not a command: there are provider and client.'],
    [['help', 'start', 'now'], 'start has no command now.'],
  ] as const) {
    t.match(await printed(t, [...args]), { code: 1, stdout: '', stderr: sentence }, sentence)
  }
})

t.test('-p is short for --port, and -V for --version', async (t) => {
  const server = run(t, ['-p', '0'], { PORT: '1' })
  t.match(await line(server, 'ready'), { url: /:\d{4,}$/ })
  t.match(await printed(t, ['-V']), { code: 0, stdout: `${version}\n` })
})
