import t from 'tap'
import type { RequestFilter } from '../../schemas/control/requests'
import { bothWays } from '../support/both'
import { receiverFor } from '../support/receiver'
import { call, goodHeaders, postOrder, sandboxFor } from '../support/sandbox'

const noon = '2026-01-31T12:00:00.000Z'
const at = (time: string) => `2026-01-31T${time}:00.000Z`
const hour = 60 * 60_000
const clock = { clock: noon }

bothWays(
  'orders, requests and deliveries are filtered by time: from after on, up to but not including before',
  async (t, { url, control }) => {
    const receiver = await receiverFor(t)
    await control.webhooks.add({ url: receiver.url })
    for (const id of ['at-12', 'at-13', 'at-14']) {
      await postOrder(url, { id })
      await control.clock.advance(hour)
    }
    const lists = {
      orders: async (filter: object) => {
        const orders = await control.orders.list(filter)
        return { ids: orders.map(({ id }) => id), total: orders.total }
      },
      requests: async (filter: object) => {
        const { requests, total } = await control.requests.list(filter)
        return { ids: requests.map(({ orderId }) => orderId), total }
      },
      deliveries: async (filter: object) => {
        const { deliveries, total } = await control.deliveries.list(filter)
        return { ids: deliveries.map(({ orderId }) => orderId), total }
      },
    }
    for (const [name, list] of Object.entries(lists)) {
      const cases: [filter: object, ids: string[]][] = [
        [{ after: at('13:00') }, ['at-14', 'at-13']],
        [{ before: at('13:00') }, ['at-12']],
        [{ after: at('12:30'), before: at('14:00') }, ['at-13']],
        [{ after: at('13:00'), before: at('13:00') }, []],
        [{ after: '2026-01-31T14:00+01:00', before: '2026-01-31T14:00' }, ['at-13']],
        [{ after: '2026-01-31', before: '2026-02-01' }, ['at-14', 'at-13', 'at-12']],
      ]
      for (const [filter, ids] of cases)
        t.strictSame(await list(filter), { ids, total: ids.length }, `${name} ${JSON.stringify(filter)}`)
      const page = await list({ after: at('13:00'), limit: 1 })
      t.strictSame(page, { ids: ['at-14'], total: 2 }, `a page of ${name} has the total of all pages`)
    }
  },
  clock,
)

bothWays(
  'waits, verifications and replays take the same times',
  async (t, { url, control }) => {
    const receiver = await receiverFor(t)
    await control.webhooks.add({ url: receiver.url })
    await postOrder(url, { id: 'early' })
    await control.clock.advance(hour)
    await postOrder(url, { id: 'late' })
    await control.clock.advance(0)
    const after = at('12:30')
    t.equal((await control.orders.waitFor({ after })).id, 'late')
    t.equal((await control.requests.waitFor({ after })).orderId, 'late')
    t.equal((await control.deliveries.waitFor({ after })).orderId, 'late')
    await t.rejects(control.orders.waitFor({ after, id: 'early' }, { timeoutMs: 0 }), {
      statusCode: 408,
      message: /0 of 2 match/,
    })
    t.equal((await control.requests.verify({ before: after }, { count: 1 })).matched, 1)
    t.equal((await control.requests.verifyClean({ allow: [{ after }] })).checked, 2)
    t.equal((await control.requests.match({ orderId: 'late', before: after })).matched, 0)

    t.equal(await control.deliveries.replayAll({ after }), 1)
    const [, , again] = await receiver.all(3)
    t.equal(again?.json['record_id'], 'late')
    t.equal(await control.deliveries.replayAll({ after, before: after }), 0)
  },
  clock,
)

bothWays(
  'a moment that is none, and a range that ends before it begins, are refused',
  async (t, { control }) => {
    const [after, before] = [at('13:00'), at('12:00')]
    const inQuery: ((filter: object) => Promise<unknown>)[] = [
      (filter: object) => control.orders.list(filter),
      (filter: object) => control.deliveries.list(filter),
    ]
    for (const list of inQuery) {
      await t.rejects(list({ after: 'noon' }), {
        statusCode: 400,
        message: /^query\/after must be a date-time such as 2026-01-31T09:30:00Z\n/,
      })
      await t.rejects(list({ before: '2026-02-30' }), {
        statusCode: 400,
        message: /^query\/before must be a date-time/,
      })
      await t.rejects(list({ after, before }), {
        statusCode: 400,
        message: /^query\/after must not be later than query\/before\n/,
      })
    }
    const inBody: ((filter: object) => Promise<unknown>)[] = [
      (filter: object) => control.requests.list(filter),
      (filter: object) => control.requests.waitFor(filter),
      (filter: object) => control.orders.waitFor(filter),
      (filter: object) => control.deliveries.waitFor(filter),
      (filter: object) => control.deliveries.replayAll(filter),
    ]
    for (const call of inBody) {
      await t.rejects(call({ after: '' }), { statusCode: 400, message: /^body\/filter\/after must be a date-time/ })
      await t.rejects(call({ after, before }), {
        statusCode: 400,
        message: /must not be later than body\/filter\/before/,
      })
    }
    await t.rejects(control.requests.verifyClean({ allow: [{}, { before: 'later' }] }), {
      statusCode: 400,
      message: /^body\/allow\/1\/before must be a date-time/,
    })
  },
  clock,
)

t.test('curl filters a list by time, search and refusal in the query', async (t) => {
  const { url, clock: time } = await sandboxFor(t, clock)
  await postOrder(url, { id: 'order-1' })
  await time.advance(hour)
  await postOrder(url, { id: 3 })
  const get = async (path: string) => {
    const response = await fetch(`${url}/_sandbox/${path}`)
    return {
      status: response.status,
      body: (await response.json()) as { total?: number; message?: string; hint?: string },
    }
  }
  t.equal((await get('orders?after=2026-01-31T12:00:00Z&before=2026-01-31T12:00:01Z')).body.total, 1)
  t.equal((await get('requests?after=2026-01-31T12:30:00Z')).body.total, 1)
  t.equal((await get('requests?refused=true&search=must%20be%20STRING&account=acme')).body.total, 1)
  t.equal((await get('requests?refused=false&pageLoad=false')).body.total, 1)
  t.equal((await get('deliveries?before=2026-01-31T12:30:00%2B01:00')).body.total, 0)
  t.match(await get('requests?after=2026-01-31T12:30:00+01:00'), {
    status: 400,
    body: { message: /^query\/after must be a date-time/, hint: /%2B/ },
  })
  t.match(await get(`requests?search=${'x'.repeat(101)}`), { status: 400, body: { message: /query\/search/ } })
})

bothWays(
  'requests are found by path, operation, account, order, message, hint and warning',
  async (t, { url, control }) => {
    await postOrder(url, { id: 'order-1' })
    await postOrder(url, { id: 3 }, { 'x-account-id': 'globex' })
    await postOrder(url, { id: 'mine', candidate: { firstName: 'Mia' } })
    await call(url, 'GET', '/packages?page_size=1&api_key=k3y-0f-mine')
    const found = async (search: string) => {
      const { requests, total } = await control.requests.list({ search })
      t.equal(total, requests.length)
      return requests.map(({ id }) => id)
    }
    t.strictSame(await found('PACKAGES get page_size=1'), [4])
    t.strictSame(await found('orders.create'), [3, 2, 1])
    t.strictSame(await found('globex post'), [2])
    t.strictSame(await found('mine'), [3])
    t.strictSame(await found('string null'), [2], 'in the message')
    t.strictSame(await found('nothing is converted'), [2], 'in the hint')
    t.strictSame(await found('did you mean first_name'), [3], 'in a warning')
    t.strictSame(await found('mine globex'), [], 'all words have to occur')
    t.strictSame(await found(''), [4, 3, 2, 1])
    t.strictSame(await found('k3y-0f-mine'), [], 'not by a credential')
  },
)

bothWays(
  'requests are filtered by whether they were refused, which includes those without an answer',
  async (t, { url, control }) => {
    await postOrder(url, { id: 'order-1' })
    await postOrder(url, { id: 3 })
    await control.faults.add({ answer: 'reset' })
    await t.rejects(postOrder(url, { id: 'order-2' }))
    await control.requests.waitForMany({ refused: true }, { count: 2 })
    const ids = async (filter: RequestFilter) => (await control.requests.list(filter)).requests.map(({ id }) => id)
    t.strictSame(await ids({ refused: true }), [3, 2])
    t.strictSame(await ids({ refused: false }), [1])
    t.strictSame(await ids({ refused: true, status: 400 }), [2])
  },
)

bothWays('page loads are told from the calls of clients', async (t, { url, control }) => {
  const { testUrl } = await control.account('acme').orders.create({ id: 'order-1' })
  const form = {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  } as const
  await fetch(testUrl)
  await fetch(`${testUrl}?from=mail`, { method: 'HEAD' })
  await fetch(testUrl, { ...form, body: 'step=start' })
  await fetch(testUrl, { ...form, body: 'step=submit' })
  const loads = await control.requests.list({ pageLoad: true })
  t.strictSame(
    loads.requests.map(({ method, status }) => [method, status]),
    [
      ['POST', 400],
      ['POST', 303],
      ['HEAD', 200],
      ['GET', 200],
    ],
  )
  t.equal(loads.total, 4)
  t.equal((await control.requests.list({ pageLoad: false })).total, 0)

  // Whatever else a client gets wrong stays its own.
  await postOrder(url, { id: 'order-2' })
  await fetch(`${url}/unified/ats/assesments/orders`, { method: 'POST', headers: goodHeaders, body: '{}' })
  await fetch(`${url}/tests/no-such-token`)
  await fetch(`${testUrl}/result`)
  await fetch(testUrl, { method: 'DELETE' })
  await fetch(testUrl, { method: 'POST', headers: goodHeaders, body: '{"result":{"value":"passed"}}' })
  t.strictSame(
    (await control.requests.list({ pageLoad: false })).requests.map(({ method, status }) => [method, status]),
    [
      ['POST', 400],
      ['DELETE', 404],
      ['GET', 404],
      ['GET', 404],
      ['POST', 404],
      ['POST', 200],
    ],
  )
  t.equal((await control.requests.list()).total, 10, 'by default, both are listed')
})

bothWays(
  'the nearest request says which part of these filters it misses',
  async (t, { url, control }) => {
    await postOrder(url, { id: 'order-1' })
    const missed = async (filter: RequestFilter) => (await control.requests.match(filter)).nearest?.differences
    t.strictSame(await missed({ refused: true }), ['refused is false, not true'])
    t.strictSame(await missed({ pageLoad: true }), ['pageLoad is false, not true'])
    t.strictSame(await missed({ search: 'mia' }), ['search: "mia" does not occur in it'])
    t.strictSame(await missed({ after: at('12:01') }), [`at is ${noon}, which is before ${at('12:01')}`])
    t.strictSame(await missed({ before: noon }), [`at is ${noon}, which is not before ${noon}`])
  },
  clock,
)
