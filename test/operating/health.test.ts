import { pino } from 'pino'
import t from 'tap'
import { readOptions } from '../../src/config'
import { mostLag } from '../../src/routes/sandbox/event-loop'
import { runSandbox } from '../../src/start-sandbox'
import { logStream } from '../support/log-stream'
import { postOrder, sandboxFor } from '../support/sandbox'
import { until } from '../support/until'

const readiness = '/_sandbox/health/ready'

async function get(url: string, path: string) {
  const response = await fetch(url + path)
  return { status: response.status, headers: response.headers, body: (await response.json()) as object }
}

t.test('health and readiness need neither a key nor a token', async (t) => {
  const { url } = await sandboxFor(t, { controlToken: 'secret', publicUrl: 'https://sandbox.example.com' })
  t.match(await get(url, '/_sandbox/health'), { status: 200, body: { status: 'ok' } })
  const answer = await get(url, readiness)
  t.equal(answer.status, 200)
  t.strictSame(answer.body, { status: 'ready' })
  t.equal(answer.headers.get('cache-control'), 'no-store', 'proxies do not cache it')
})

t.test('a sandbox that cannot serve calls is alive but not ready, with the reason and a hint', async (t) => {
  let reason: string | null = 'the store does not answer'
  const { out, lines } = logStream(t)
  const sandbox = await runSandbox(readOptions({}), pino(out), { whyNotReady: async () => reason })
  t.teardown(() => sandbox.close())

  t.equal((await get(sandbox.url, '/_sandbox/health')).status, 200, 'a restart would not help')
  const answer = await get(sandbox.url, readiness)
  const hint = 'Fix what the reason names. The sandbox then recovers by itself.'
  t.equal(answer.status, 503)
  t.strictSame(answer.body, { status: 'not ready', reason, hint })
  t.equal(answer.headers.get('x-sandbox-hint'), hint)
  const logged = () => lines().find(({ path }) => path === readiness)
  await until(async () => logged() !== undefined)
  t.match(logged(), { status: 503, error: reason, hint })

  reason = null
  await until(async () => (await get(sandbox.url, readiness)).status === 200)
})

t.test('an overloaded sandbox is not ready, but still serves every call', async (t) => {
  const { url } = await sandboxFor(t)
  const toil = () => {
    const end = performance.now() + 4 * mostLag
    while (performance.now() < end);
  }
  await until(async () => (await get(url, readiness)).status === 200)

  let busy: Awaited<ReturnType<typeof get>> | undefined
  await until(async () => {
    toil()
    busy = await get(url, readiness)
    return busy.status === 503
  })
  t.match(busy?.body, { status: 'not ready', reason: /lags by over 250 ms/, hint: /another replica/ })
  t.equal((await postOrder(url, {})).status, 200, 'StackOne has no 503')
  await until(async () => (await get(url, readiness)).status === 200)
})
