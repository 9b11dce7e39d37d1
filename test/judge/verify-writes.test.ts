import { createServer } from 'node:http'
import t from 'tap'
import { makeCall } from '../../src/judge/verify/call'
import { dryRun } from '../../src/judge/verify/dry-run'
import { mostOrders, plan } from '../../src/judge/verify/plan'
import { parsedJson } from '../../src/pure/json'
import { listenFor } from '../support/receiver'
import { sandboxFor } from '../support/sandbox'
import { proxyFor } from './verify/proxy'
import { account, key, known, verify } from './verify/verify'

t.test('without --write, no body that could be accepted is sent', async (t) => {
  const { url } = await sandboxFor(t, known)
  const proxy = await proxyFor(t, url)
  await verify(proxy.url)
  t.ok(proxy.asked.length > 100)
  const written = proxy.asked.filter(({ method }) => !['GET', 'OPTIONS'].includes(method))
  t.ok(written.length > 5)
  for (const { text } of written) {
    t.not(text, '')
    t.equal(parsedJson(text), undefined)
  }
  const target = { url: new URL(proxy.url), addresses: [{ address: '127.0.0.1', family: 4 }] as const }
  const line = { target, shownUrl: proxy.url, key, account, isWriting: false, pace: () => Promise.resolve() }
  const { signal } = new AbortController()
  for (const body of [undefined, '', '{}', '{"id":"x"}'])
    await t.rejects(
      makeCall({ ...line, signal }, { method: 'POST', path: '/', ...(body !== undefined && { body }) }),
      /--write is not given/,
    )
})

t.test(
  'with --write, everything is about an invented candidate at example.com, and what it makes is deleted',
  async (t) => {
    const sandbox = await sandboxFor(t, known)
    const proxy = await proxyFor(t, sandbox.url)
    await verify(proxy.url, { isWriting: true })
    const orders = proxy.asked.filter(({ method, path }) => method === 'POST' && path.endsWith('/orders'))
    const acceptable = orders.filter(
      ({ text, headers }) => !text.startsWith('{"id": ') && !String(headers.authorization).includes('not-a-key'),
    )
    t.equal(acceptable.length, mostOrders)
    for (const { text } of acceptable.filter(({ text }) => text !== '')) {
      t.match(text, 'vera.invented@example.com')
      t.strictSame(
        [...text.matchAll(/[\w.]+@([\w.]+)/g)].filter(([, domain]) => domain !== 'example.com'),
        [],
      )
      t.match(text, /"results_update_url":null|^(?!.*results_update_url)/)
    }
    t.equal((await sandbox.account('acme').orders.list()).length, 3)
    t.match(plan(sandbox.url), /places 3 orders/)
    t.match(plan(sandbox.url), `refuse, ${String(mostOrders)}.`)

    proxy.asked.length = 0
    await verify(proxy.url, { isWriting: true, only: ['checks-create-package'] })
    t.equal(proxy.asked.at(-1)?.method, 'DELETE', 'although no probe of the deletion runs')
  },
)

t.test('a dry run calls nothing at the address, and shows every request without key and account', async (t) => {
  const { signal } = new AbortController()
  const port = await listenFor(
    t,
    createServer(() => t.fail('it is called')),
  )
  const url = `http://127.0.0.1:${String(port)}`
  const planned = await dryRun({ url: `${url}/`, isWriting: true, signal, seed: 'a' })
  const requests = planned.flatMap((each) => each.requests)
  t.ok(requests.length > 150)
  for (const request of requests) t.match(request, new RegExp(`^[A-Z]+ ${url}/`))
  t.notMatch(requests.join(), /of-the-dry-run|pkg_/)
  t.equal(planned[0]?.purpose, 'The key and the account work')
  t.match(requests.join(), 'vera.invented@example.com')
  const one = await dryRun({ url, isWriting: true, signal, only: ['checks-create-package'] })
  t.strictSame(
    one.map(({ purpose }) => purpose),
    [
      'The key and the account work',
      'A package of background checks that is created gets 201 with its ids',
      'Nothing is left behind',
    ],
  )
})
