import { execFileSync } from 'node:child_process'
import { connect } from 'node:net'
import { resolve } from 'node:path'
import t from 'tap'
import { readOptions } from '../../src/config'
import { receiverFor } from '../support/receiver'
import { call, depsFor, postOrder, sandboxFor } from '../support/sandbox'
import { until } from '../support/until'

/** Reads `/metrics`; the keys of `samples` are name and labels, as written there. */
async function scrape(url: string) {
  const response = await fetch(`${url}/metrics`)
  const text = await response.text()
  const samples = new Map(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line): [string, number] => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]),
  )
  return { status: response.status, headers: response.headers, text, samples }
}

const requests = (operation: string, status: string) =>
  `sandbox_http_request_duration_seconds_count{operation="${operation}",status="${status}"}`

const on = { metrics: 'on' } as const

t.test('metrics are off by default, and the modules for them are not loaded', async (t) => {
  t.throws(() => readOptions({ metrics: 'yes' as 'on' }), { message: /metrics must be on or off/ })
  const { url } = await sandboxFor(t, { metrics: 'off' })
  const response = await fetch(`${url}/metrics`)
  t.equal(response.status, 404)
  t.match(response.headers.get('x-sandbox-hint'), 'SANDBOX_METRICS=on')

  const script = `
    const { startSandbox } = require(${JSON.stringify(resolve(__dirname, '../../build/src/index.js'))})
    startSandbox().then(async (sandbox) => {
      await fetch(sandbox.url + '/_sandbox/health')
      await sandbox.close()
      console.log(Object.keys(require.cache).filter((file) => /prom-client|ioredis|bullmq/.test(file)).join())
    })`
  t.equal(execFileSync(process.execPath, ['--eval', script], { encoding: 'utf8' }), '\n')
})

t.test('metrics count requests by operation and status, never by path', async (t) => {
  const { url, ...control } = await sandboxFor(t, {
    ...on,
    controlToken: 'secret',
    publicUrl: 'http://sandbox.example.com',
  })
  const { body } = await postOrder(url, { id: 'order-1' })
  await postOrder(url, { id: 3 })
  await call(url, 'GET', '/orders/order-1')
  const token = String(body['test_url']).split('/').at(-1) ?? ''
  await fetch(`${url}/tests/${token}`)
  await fetch(`${url}/_sandbox/health`)
  await fetch(`${url}/unified/ats/offers`)
  await fetch(`${url}/%zz`)
  await control.faults.add({ on: 'packages.list', answer: 'reset' })
  await t.rejects(call(url, 'GET', '/packages'))
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.resume().end('HELLO\r\n\r\n')

  await until(async () => (await scrape(url)).samples.has(requests('other', '400')))
  await until(async () => (await scrape(url)).samples.get(requests('other', '400')) === 2)
  const { status, headers, text, samples } = await scrape(url)
  t.equal(status, 200)
  t.equal(headers.get('content-type'), 'text/plain; version=0.0.4; charset=utf-8')
  t.equal(headers.get('access-control-allow-origin'), null, 'other origins cannot read it')
  for (const [operation, answered] of [
    ['orders.create', '200'],
    ['orders.create', '400'],
    ['orders.get', '200'],
    ['page', '200'],
    ['other', '501'],
    ['packages.list', 'none'],
  ] as const)
    t.equal(samples.get(requests(operation, answered)), 1, `${operation}: ${answered}`)
  t.ok(samples.get(requests('sandbox', '200')))
  for (const secret of [token, '/unified', 'acme', 'order-1']) t.notMatch(text, secret)
  t.ok(samples.get('process_resident_memory_bytes'), 'process metrics are included')
})

t.test('metrics include the number of orders and the outcome of deliveries', async (t) => {
  let answers = 0
  const receiver = await receiverFor(t, (response) => response.writeHead(answers++ === 0 ? 204 : 400).end())
  const { url, ...control } = await sandboxFor(t, { ...on, journalSize: 1, webhooks: [receiver.url] })
  const told = async (sample: string) => (await scrape(url)).samples.get(sample)
  const deliveries = (status: string) => told(`sandbox_deliveries{status="${status}"}`)
  const attempts = (outcome: string) => told(`sandbox_delivery_attempts_total{outcome="${outcome}"}`)

  t.equal(await told('sandbox_orders'), 0)
  t.equal(await deliveries('pending'), 0)
  t.equal(await attempts('delivered'), 0)
  for (const id of ['order-1', 'order-2']) {
    await postOrder(url, { id })
    await until(async () => (await deliveries('pending')) === 0)
  }
  t.equal(await told('sandbox_orders'), 2)
  t.strictSame([await deliveries('delivered'), await deliveries('failed'), await deliveries('blocked')], [1, 1, 0])
  t.strictSame([await attempts('delivered'), await attempts('failed'), await attempts('retry')], [1, 1, 0])
  t.equal(await told('sandbox_journal_dropped_total'), 1)

  await control.clock.freeze()
  await postOrder(url, { id: 'order-3', results_update_url: 'http://203.0.113.9/results' })
  await control.orders.complete('order-3', { result: 'passed' })
  await until(async () => (await deliveries('blocked')) === 1)
  t.equal(await attempts('blocked'), 1)
  await control.reset()
  t.equal(await told('sandbox_orders'), 0)
  t.strictSame([await deliveries('failed'), await deliveries('pending')], [0, 0], 'removed deliveries are not counted')
})

t.test('metrics are served while the store fails or hangs, without its values', async (t) => {
  const { store, deliveries, journal } = depsFor()
  let isAway = false
  const { url } = await sandboxFor(t, on, {
    store: { ...store, count: (account) => (isAway ? Promise.reject(new Error('away')) : store.count(account)) },
    deliveries: { ...deliveries, tally: () => (isAway ? new Promise(() => undefined) : deliveries.tally()) },
    journal,
  })
  t.ok((await scrape(url)).samples.has('sandbox_orders'))

  isAway = true
  const { status, samples } = await scrape(url)
  t.equal(status, 200)
  t.notOk(samples.has('sandbox_orders'))
  t.notOk(samples.has('sandbox_deliveries{status="pending"}'))
  t.equal(samples.get('sandbox_scrape_failures_total{part="orders"}'), 1)
  t.equal(samples.get('sandbox_scrape_failures_total{part="deliveries"}'), 1)
  t.equal(samples.get('sandbox_scrape_failures_total{part="journal"}'), 0)
  t.equal(samples.get('sandbox_journal_dropped_total'), 0)

  isAway = false
  t.equal((await scrape(url)).samples.get('sandbox_orders'), 0)
})
