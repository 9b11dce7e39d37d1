import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import t, { type Test } from 'tap'
import { version } from '../../package.json'
import { steadyPort } from '../../scripts/steady-port'
import { settings } from '../../src/settings'
import { fileProblem } from '../../src/validation/file-problem'
import { line, lines, run, serving } from '../support/command-line'
import { listenFor } from '../support/receiver'
import { basic, goodHeaders, ordersPath, postOrder, sandboxFor } from '../support/sandbox'
import { until } from '../support/until'

t.test('the CLI prints a ready line, logs each request, and exits with 0 on SIGTERM', async (t) => {
  const server = await serving(t)
  const { body } = await postOrder(server.url, { id: 'order-1' })
  await postOrder(server.url, { id: 3 })
  await fetch(body['test_url'] as string)
  await fetch(`${server.url}/unified/nope?api_key=hunter2`, { headers: { authorization: basic('hunter2') } })
  const token = (body['test_url'] as string).split('/').at(-1) ?? ''
  for (const path of [
    `/%74ests/${token}`,
    `/tests/${token}/`,
    `//tests/${token}`,
    `/tests/${token}%zz`,
    '/%zz?key=hunter2',
  ]) {
    await (await fetch(server.url + path, { method: path.includes('ests') ? 'GET' : 'POST' })).text()
  }
  await fetch(body['test_url'] as string, { method: 'DELETE' })
  await postOrder(server.url, 'hunter2', {})
  await postOrder(server.url, '{}', { 'content-type': 'text/hunter2' })
  server.child.kill('SIGTERM')

  t.strictSame(await server.exit, [0, null])
  const written = lines(server)
  t.match(written, [
    { msg: 'ready', url: /^http:\/\/127\.0\.0\.1:\d+$/ },
    { msg: 'request', level: 30, method: 'POST', path: ordersPath, status: 200, account: 'acme', order: 'order-1' },
    { level: 40, status: 400, error: 'body/id must be string or null', hint: /Nothing is converted/ },
    { level: 30, path: '/tests/***', status: 200, account: 'acme', order: 'order-1' },
    { level: 40, path: '/unified/nope', status: 404 },
    { level: 30, path: '/tests/***', status: 200 },
    { level: 40, path: '/tests/***', status: 404 },
    { level: 30, path: '/tests/***', status: 200 },
    { level: 40, path: '/tests/***', status: 400, error: 'The path is not a valid URL path' },
    { level: 40, path: '/%zz', status: 400 },
    { level: 40, method: 'DELETE', path: '/tests/***', status: 404, error: 'The path does not allow the method' },
    { level: 40, status: 400, error: 'The body is not JSON' },
    { level: 40, status: 400, error: 'The content type is not `application/json`' },
    { msg: 'stopping', signal: 'SIGTERM' },
  ])
  t.equal(written.length, 14)
  t.ok(written.slice(1, 5).every(({ ms }) => typeof ms === 'number' && ms > 0))
  for (const secret of ['hunter2', Buffer.from('hunter2:').toString('base64'), token, goodHeaders.authorization]) {
    t.notMatch(server.stdout(), secret)
  }
})

t.test('SIGINT also exits with 0, and in time even if a client never finishes its request', async (t) => {
  const server = await serving(t)
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  socket.on('error', () => undefined)
  socket.write(`POST ${ordersPath} HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n{`)
  await postOrder(server.url, {})

  server.child.kill('SIGINT')
  t.strictSame(await server.exit, [0, null], 'after 1.9 seconds it would exit with 1')
})

t.test('a second signal ends the process immediately', async (t) => {
  const server = await serving(t)
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  socket.on('error', () => undefined)
  socket.write(`POST ${ordersPath} HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n{`)
  await postOrder(server.url, {})

  server.child.kill('SIGTERM')
  await line(server, 'stopping')
  server.child.kill('SIGTERM')
  t.strictSame(await server.exit, [1, null])
})

t.test('a stalled reader of the log does not keep the sandbox from answering or exiting', async (t) => {
  const server = await serving(t)
  server.child.stdout?.pause()
  for (let i = 0; i < 30; i++) await Promise.all(Array.from({ length: 100 }, () => postOrder(server.url, {})))

  server.child.kill('SIGTERM')
  const [code] = (await once(server.child, 'exit')) as [number]
  t.equal(code, 0)
})

t.test('the sandbox outlives the reader of its log', async (t) => {
  const server = await serving(t)
  server.child.stdout?.destroy()
  await postOrder(server.url, {})
  t.equal((await postOrder(server.url, {})).status, 200)
})

t.test('the ready line is printed at every log level, and nothing else at silent', async (t) => {
  const server = await serving(t, ['--log-level', 'silent'])
  await postOrder(server.url, { id: 3 })
  server.child.kill('SIGTERM')
  await server.exit
  t.equal(lines(server).length, 1)
})

t.test('settings come from flags, or else from environment variables', async (t) => {
  const byVariable = await serving(t, [], {
    PORT: '1',
    SANDBOX_API_KEYS: 'alpha:secret, beta',
    SANDBOX_ACCOUNTS: 'acme,globex=disabled',
    SANDBOX_PUBLIC_URL: 'https://sandbox.example.com',
    SANDBOX_MAX_ORDERS: '1',
    SANDBOX_SEED: 'spring',
    SANDBOX_CLOCK: '2026-01-31T09:30:00Z',
    SANDBOX_STORE: 'memory',
    LOG_LEVEL: 'warn',
    HOST: '',
  })
  const authorization = basic('alpha', 'secret')
  const first = await postOrder(byVariable.url, {}, { authorization })
  t.match(first.body, { test_url: /^https:\/\/sandbox\.example\.com\/tests\// })
  t.match(await postOrder(byVariable.url, {}, { authorization, 'x-account-id': 'globex' }), { status: 412 })
  const second = await postOrder(byVariable.url, {}, { authorization: basic('beta') })
  t.match(second, { status: 422, body: { timestamp: '2026-01-31T09:30:00.000Z' } })

  const flags = ['--api-keys', 'alpha', '--public-url', 'https://sandbox.example.com', '--seed', 'spring']
  const byFlag = await serving(t, flags, { SANDBOX_API_KEYS: 'beta', SANDBOX_PUBLIC_URL: 'https://other.example.com' })
  t.strictSame((await postOrder(byFlag.url, {}, { authorization: basic('alpha') })).body, first.body)
})

t.test('only SIGTERM, SIGINT and SIGHUP are handled: a crash ends the process immediately', async (t) => {
  for (const [signal, expected] of [
    ['SIGHUP', [0, null]],
    ['SIGABRT', [null, 'SIGABRT']],
    ['SIGSEGV', [null, 'SIGSEGV']],
    ['SIGQUIT', [null, 'SIGQUIT']],
  ] as const) {
    const server = await serving(t)
    server.child.kill(signal)
    t.strictSame(await server.exit, expected, signal)
  }
})

t.test('a closed terminal ends the process', async (t) => {
  const gone =
    "process.stdout.isTTY = true; process.on('SIGPIPE', () => process.stdout.emit('error', new Error('EIO')))"
  const server = run(t, ['--port', '0'], {}, preloaded(t, gone))
  while (!server.stdout().includes('curl')) await once(server.child.stdout as NodeJS.ReadableStream, 'data')
  server.child.kill('SIGPIPE')
  t.strictSame(await server.exit, [1, null])
})

t.test('a log level may be written in any case', async (t) => {
  const { url, stdout } = await serving(t, [], { LOG_LEVEL: 'WARN' })
  t.equal((await postOrder(url, {})).status, 200)
  t.notMatch(stdout(), ordersPath)
})

t.test('a switch needs no value, and accepts other words for on and off', async (t) => {
  const isStrict = async (args: string[], env: Record<string, string> = {}) => {
    const { url } = await serving(t, args, env)
    return (await postOrder(url, { unknown: 1 })).status === 400
  }
  t.equal(await isStrict([]), false)
  t.equal(await isStrict(['--strict']), true)
  t.equal(await isStrict(['--strict', 'off'], { SANDBOX_STRICT: 'on' }), false)
  t.equal(await isStrict([], { SANDBOX_STRICT: 'True' }), true)
  t.equal(await isStrict([], { SANDBOX_STRICT: '0' }), false)
  const refused = run(t, ['--strict', 'maybe'])
  t.strictSame(await refused.exit, [1, null])
  t.equal(refused.stderr(), "--strict must be on or off, not 'maybe'.\n")
})

t.test('start is the default command', async (t) => {
  const server = run(t, ['start', '--port', '0'])
  t.ok(await line(server, 'ready'))
})

t.test('a bad value is refused with its setting and what is allowed, and keys are never repeated', async (t) => {
  const refused = async (args: string[], env: Record<string, string> = {}) => {
    const attempt = run(t, args, env)
    const [code] = await attempt.exit
    t.equal(attempt.stdout(), '')
    return `${String(code)} ${attempt.stderr().trim()}`
  }
  t.equal(await refused(['--port', '70000']), "1 --port must be a whole number from 0 to 65535, not '70000'.")
  t.equal(await refused(['--port', '']), "1 --port must be a whole number from 0 to 65535, not ''.")
  t.equal(await refused([], { PORT: '4,6' }), "1 PORT must be a whole number from 0 to 65535, not '4,6'.")
  t.equal(
    await refused([], { LOG_LEVEL: 'loud' }),
    "1 LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent, not 'loud'.",
  )
  t.equal(
    await refused([], { SANDBOX_API_KEYS: 'ünsafe-key' }),
    '1 SANDBOX_API_KEYS must be a comma-separated list of key or key:password, each optionally followed by =read-only, in printable ASCII.',
  )
  t.equal(
    await refused(['--api-keys', 's3cret,s3cret=read-only']),
    '1 --api-keys has a key both with and without =read-only.',
  )
  t.match(await refused([], { SANDBOX_STORE: 'redis:/localhost' }), 'must be memory')
  t.match(
    await refused(['--packages', '/nowhere.json']),
    /^1 --packages must be a JSON file, but there is no \/nowhere\.json\.$/,
  )
  t.match(await refused(['--prot', '1']), "unknown option '--prot'")
  t.match(await refused(['fly']), '1 fly is not a command: there are start (the default), healthcheck, ')
})

t.test('a taken port or a foreign host is reported in one sentence', async (t) => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  t.teardown(() => other.close())
  const { port } = other.address() as { port: number }

  const taken = run(t, ['--port', String(port)])
  t.strictSame(await taken.exit, [1, null])
  t.equal(taken.stderr(), `Port ${String(port)} is taken: choose another with --port (0 picks a free one).\n`)

  const elsewhere = run(t, ['--host', '192.0.2.1', '--port', '0'])
  t.strictSame(await elsewhere.exit, [1, null])
  t.match(elsewhere.stderr(), /^192\.0\.2\.1 is not an address of this machine: .*\n$/)
})

t.test('--help shows every setting with its default and variable, and --version the version', async (t) => {
  const help = run(t, ['start', '--help'])
  t.strictSame(await help.exit, [0, null])
  const text = help.stdout().replace(/\s+/g, ' ')
  for (const { flag, argument, isSwitch, about, shown, env } of Object.values(settings)) {
    t.match(text, `${flag} ${isSwitch ? `[${argument}]` : `<${argument}>`} ${about} (default: ${shown}) (env: ${env})`)
  }
  const short = run(t, ['--help'])
  await short.exit
  t.match(short.stdout(), '--port <number>')

  const shownVersion = run(t, ['--version'])
  await shownVersion.exit
  t.equal(shownVersion.stdout(), `${version}\n`)
})

t.test('the exit code of healthcheck says whether the sandbox on a port answers', async (t) => {
  const { url, child, exit } = await serving(t)
  const { port } = new URL(url)
  const healthy = run(t, ['healthcheck'], { PORT: port, HOST: '0.0.0.0' })
  t.strictSame(await healthy.exit, [0, null])
  t.strictSame(await run(t, ['healthcheck', '--port', port]).exit, [0, null])

  child.kill('SIGTERM')
  await exit
  const ended = run(t, ['healthcheck', '--port', port])
  t.strictSame(await ended.exit, [1, null])
  t.match(ended.stderr(), `No healthy sandbox on 127.0.0.1:${port}: `)
})

t.test('healthcheck fails if something else listens on the port', async (t) => {
  const other = createHttpServer((_request, response) => response.writeHead(404).end()).listen(0, '127.0.0.1')
  await once(other, 'listening')
  t.teardown(() => other.close())
  const { port } = other.address() as { port: number }
  const check = run(t, ['healthcheck', '--port', String(port)])
  t.strictSame(await check.exit, [1, null])
  t.match(check.stderr(), 'answered with 404, so it is something else')
})

t.test('an unknown SANDBOX_ variable gets a warning in the log', async (t) => {
  const server = await serving(t, [], {
    ...{ SANDBOX_MAX_ORDER: '5', SANDBOX_COLOUR: 'blue' },
    ...{ SANDBOX_webhooks: 'x', sandbox_strict: 'yes', SANDBOX_PORT: '1' },
  })
  t.match(await line(server, 'ignoring SANDBOX_MAX_ORDER; did you mean SANDBOX_MAX_ORDERS?'), { level: 40 })
  t.match(await line(server, 'ignoring SANDBOX_COLOUR, which is not a setting'), { level: 40 })
  t.match(await line(server, 'ignoring SANDBOX_webhooks; did you mean SANDBOX_WEBHOOKS?'), { level: 40 })
  t.match(await line(server, 'ignoring sandbox_strict; did you mean SANDBOX_STRICT?'), { level: 40 })
  t.match(await line(server, 'ignoring SANDBOX_PORT; did you mean PORT?'), { level: 40 })
})

/** Node options that preload `script` in the process of the CLI. */
function preloaded(t: Test, script: string): string[] {
  const folder = t.testdir({ 'preload.cjs': script })
  return ['--require', join(folder, 'preload.cjs')]
}

t.test('on a terminal, the CLI prints a banner with a working curl call, and readable log lines', async (t) => {
  const env = { SANDBOX_ACCOUNTS: 'globex=disabled,initech', SANDBOX_API_KEYS: 'reader=read-only,a$HOME;b:c d' }
  const server = run(t, ['--port', '0'], env, preloaded(t, 'process.stdout.isTTY = true'))
  while (!server.stdout().includes('curl')) await once(server.child.stdout as NodeJS.ReadableStream, 'data')
  const curl = server.stdout().slice(server.stdout().indexOf('curl'))
  const answer = JSON.parse(execFileSync('sh', ['-c', `${curl.trim()} --silent`], { encoding: 'utf8' })) as object
  t.match(answer, { id: String, test_url: String })

  server.child.kill('SIGTERM')
  await server.exit
  t.match(stripVTControlCharacters(server.stdout()), /INFO: POST .* 200 [\d.]+ ms account='initech' order='/)
  t.match(stripVTControlCharacters(server.stdout()), 'INFO: stopping')
  t.notMatch(server.stdout(), '"msg"')

  for (const accounts of ['', 'globex=disabled']) {
    const other = run(t, ['--port', '0'], { SANDBOX_ACCOUNTS: accounts }, preloaded(t, 'process.stdout.isTTY = true'))
    while (!other.stdout().includes('curl')) await once(other.child.stdout as NodeJS.ReadableStream, 'data')
    t.match(other.stdout(), "-u sandbox: -H 'x-account-id: acme'")
  }
})

t.test('under npm, a duplicate signal is ignored, and a later one ends the process immediately', async (t) => {
  const env = { npm_lifecycle_script: 'assessments-sandbox' }
  const twice = (between: string) =>
    `process.on('SIGPIPE', () => { process.emit('SIGINT'); ${between}; process.emit('SIGINT') })`
  for (const [between, code] of [
    ['', 0],
    ['const { now } = Date; Date.now = () => now() + 60_000', 1],
  ] as const) {
    const server = run(t, ['--port', '0'], env, preloaded(t, twice(between)))
    await line(server, 'ready')
    server.child.kill('SIGPIPE')
    t.strictSame(await server.exit, [code, null])
  }
})

t.test('an uncaught exception is logged and ends the process with 1', async (t) => {
  const script = "process.on('SIGPIPE', () => { throw new Error('the floor is gone') })"
  const server = run(t, ['--port', '0'], {}, preloaded(t, script))
  await line(server, 'ready')
  server.child.kill('SIGPIPE')
  t.strictSame(await server.exit, [1, null])
  t.match(lines(server).at(-1), { level: 60, msg: 'defect', err: { message: 'the floor is gone' } })
})

t.test('other reasons why it cannot listen are explained in a sentence', async (t) => {
  const failing = (code: string) => `require('node:net').Server.prototype.listen = function () {
    process.nextTick(() => this.emit('error', Object.assign(new Error('listen ${code}: no'), { code: '${code}' })))
    return this
  }`
  for (const [code, port, expected] of [
    ['EACCES', '80', 'Port 80 is not open to this user: choose one from 1024 up with PORT.\n'],
    ['EADDRINUSE', '', 'Port 4600 is taken: choose another with --port or PORT (0 picks a free one).\n'],
    ['EMFILE', '80', 'listen EMFILE: no\n'],
  ] as const) {
    const server = run(t, [], { PORT: port }, preloaded(t, failing(code)))
    t.strictSame(await server.exit, [1, null])
    t.equal(server.stderr(), expected)
  }
})

t.test('a message names the flag or the variable that was used', async (t) => {
  const refused = async (args: string[], env: Record<string, string> = {}) => {
    const attempt = run(t, ['--port', '0', ...args], env)
    t.strictSame(await attempt.exit, [1, null])
    t.notMatch(attempt.stderr(), /^ +at /m)
    return attempt.stderr().trim()
  }
  const folder = t.testdir({ 'packages.json': '{"a":', 'a-file': '' })
  const store = 'redis://127.0.0.1:1'
  t.equal(await refused(['--load', folder]), `--load must be a snapshot, but ${folder} is a folder.`)
  t.match(
    await refused([], { SANDBOX_LOAD: `${folder}/a-file/x` }),
    /^SANDBOX_LOAD .* but a part of the path .* is not a folder/,
  )
  t.equal(await refused(['--state', folder]), `--state must be a state file, but ${folder} is a folder.`)
  t.match(await refused([], { SANDBOX_STATE: '/nowhere/x' }), /^SANDBOX_STATE must be .* there is no \/nowhere\.$/)
  t.match(await refused(['--load', 'x'.repeat(5_000)]), /its path is too long\.$/)
  t.match(await refused([], { SANDBOX_PACKAGES: `${folder}/packages.json` }), /^SANDBOX_PACKAGES .* is not JSON \(/)
  t.match(await refused(['--seed', 'x'], { SANDBOX_STORE: store }), /^--seed needs the memory store/)
  t.match(await refused(['--store', store], { SANDBOX_LOAD: 'x' }), /^SANDBOX_LOAD needs the memory store/)
  t.equal(
    await refused(['--accounts', 'acme,acme=disabled']),
    '--accounts has the account acme both with and without =disabled.',
  )
  t.match(await refused(['--host', 'x'.repeat(500)]), /^--host must be .*, not 'x{100}'\.\.\. 400 more/)
})

t.test('file errors are explained in words', (t) => {
  const problem = (code: string) => fileProblem('state.json', Object.assign(new Error(`${code}: no`), { code }))
  t.equal(problem('EACCES'), 'this user may not access state.json')
  t.equal(problem('EROFS'), 'this user may not access state.json')
  t.equal(problem('EMFILE'), 'state.json cannot be used (EMFILE: no)')
  t.end()
})

t.test('unambiguous values are accepted: upper case, spaces, an IPv6 address in brackets', async (t) => {
  const { url } = await serving(
    t,
    ['--host', '[::1]', '--repeated-orders', 'Conflict', '--callback-targets', 'PRIVATE'],
    {
      LOG_LEVEL: ' Info ',
      SANDBOX_METRICS: 'TRUE',
      SANDBOX_STORE: 'Memory',
      SANDBOX_MAX_ORDERS: ' 10 ',
      SANDBOX_CALLBACK_METHOD: 'put',
      SANDBOX_ACCOUNTS: 'acme,globex=Disabled',
      SANDBOX_API_KEYS: 'sandbox,reader=read-only',
    },
  )
  t.match(url, /^http:\/\/\[::1\]:\d+$/)
  t.equal((await fetch(`${url}/metrics`)).status, 200)
  await postOrder(url, { id: 'order-1' })
  t.equal((await postOrder(url, { id: 'order-1' })).status, 409)
  t.equal((await postOrder(url, {}, { 'x-account-id': 'globex' })).status, 412)
  t.equal((await postOrder(url, {}, { authorization: basic('reader') })).status, 403)
})

t.test('healthcheck finds a sandbox whose flags override its variables, as in a container', async (t) => {
  const image = { PORT: '4600', HOST: '0.0.0.0', TMPDIR: t.testdir() }
  const check = async (args: string[] = [], env: Record<string, string> = image) =>
    (await run(t, ['healthcheck', ...args], env).exit)[0]
  const server = await serving(t, ['--host', '::1'], image)
  t.equal(await check(), 0)
  t.equal(await check(['--port', '1']), 1, 'its own flag takes precedence')
  t.equal(await check(['--url', `${server.url}/`]), 0)
  t.equal(await check([], { ...image, PORT: '1' }), 1, 'other variables mean another sandbox')

  server.child.kill('SIGTERM')
  await server.exit
  t.strictSame(readdirSync(image.TMPDIR), [], 'nothing is left behind')
})

t.test('a missing temporary folder does not keep the sandbox from serving', async (t) => {
  const env = { PORT: '0', HOST: '127.0.0.1', TMPDIR: '/nowhere' }
  const server = await serving(t, [], env)
  t.strictSame(await run(t, ['healthcheck', '--url', server.url], env).exit, [0, null])
  server.child.kill('SIGTERM')
  t.strictSame(await server.exit, [0, null])
})

t.test('healthcheck --wait waits until the sandbox is ready, or says why it is not', async (t) => {
  const port = String(await steadyPort())
  const waiting = run(t, ['healthcheck', '--port', port, '--wait', '30'])
  const server = run(t, ['--port', port])
  t.strictSame(await waiting.exit, [0, null])
  t.match(await line(server, 'ready'), { url: `http://127.0.0.1:${port}` })
  t.equal(waiting.stderr(), '')

  const vain = async (url: string, wait = '2') => {
    const check = run(t, ['healthcheck', '--url', url, '--wait', wait])
    t.strictSame(await check.exit, [1, null])
    return check.stderr()
  }
  t.match(
    await vain('http://127.0.0.1:1'),
    /^No sandbox on 127\.0\.0\.1:1 was ready within 2 seconds: .*ECONNREFUSED.*\n$/,
  )
  const away = await sandboxFor(t, {}, { whyNotReady: async () => 'The store is away' })
  t.match(await vain(away.url, '5'), /: The store is away\n$/)
  const silent = await listenFor(t, createServer())
  t.match(await vain(`http://127.0.0.1:${String(silent)}`, '0.2'), /within 0\.2 seconds: no answer in time\n$/)
  t.match(await vain(`https://127.0.0.1:${port}`), /: .*EPROTO.*\n$/)
})

t.test('wrong options of healthcheck are refused in a sentence', async (t) => {
  for (const [args, expected] of [
    [['--wait', 'long'], "--wait must be a number of seconds, not 'long'.\n"],
    [['--url', 'sandbox'], /^--url must be an http:\/\/ or https:\/\/ address .*, not 'sandbox'\.\n$/],
    [['--host', 'fe80::1%lo'], /^--host must be an address that can be called: try --url\.\n$/],
  ] as const) {
    const check = run(t, ['healthcheck', ...args])
    t.strictSame(await check.exit, [1, null])
    t.match(check.stderr(), expected)
  }
})

t.test('a sandbox that waits for Redis logs so once, and exits on a signal', async (t) => {
  const server = run(t, ['--port', '0', '--store', `redis://127.0.0.1:${String(await steadyPort())}`])
  const waits = () => lines(server).filter(({ msg }) => String(msg).startsWith('waiting for Redis')).length
  await until(async () => waits() > 0)
  server.child.kill('SIGTERM')
  t.strictSame(await server.exit, [0, null])
  t.equal(waits(), 1)
})
