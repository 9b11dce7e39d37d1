'use strict'

const { snapshotOf } = require('./snapshots')

/** @typedef {import('./caller').Caller} Caller */
/** @typedef {import('./snapshots').Snapshot} Snapshot */

const mebibyte = 1024 * 1024
/** @type {(caller: Caller, text: string) => Promise<import('./caller').Answer>} */
const put = ({ call }, text) => call('PUT', '/_sandbox/snapshot', text)
/** @type {(caller: Caller, text: string) => Promise<void>} */
const loaded = async (caller, text) => {
  const { status, text: answer } = await put(caller, text)
  if (status !== 204) throw new Error(`loading the snapshot failed: ${status} ${answer.slice(0, 200)}`)
}
const head = '{"format":"stackone-assessments-sandbox","version":1,"account":null,"orders":['
/** @type {(text: string, bytes: number) => string} */
const nonsense = (text, bytes) =>
  `${head}${text}${`,${text}`.repeat(Math.floor(bytes / (text.length + 1)))}],"webhooks":[],"deliveries":[],"faults":[]}`

/**
 * One delivery per order, which never becomes due.
 *
 * @type {(order: Snapshot['orders'][number]) => Snapshot['deliveries']}
 */
const finished = ({ accountId, id, remoteId }) => [
  {
    ...{ accountId, orderId: id, remoteId, number: 1, event: 'ats_assessments.created', at: 1_770_000_000_000 },
    ...{ result: null, status: 'pending', nextAttemptAt: 4_000_000_000_000, attempts: [], earlier: 0 },
    receiver: {
      method: 'POST',
      url: 'http://127.0.0.1:9/',
      secret: 'sandbox',
      webhookId: 'w',
      origin: 'http://127.0.0.1:9',
    },
  },
]

/** @type {Record<string, import('./rows').Row>} */
exports.rows = {
  'snapshot-of-nonsense': {
    run: async (caller) => {
      for (const [text, mebibytes] of /** @type {[string, number][]} */ ([
        ['1', 20],
        ['[]', 40],
        ['{}', 63],
        ['[[[[[[]]]]]]', 63],
        ['"x"', 70],
      ]))
        await put(caller, nonsense(text, mebibytes * mebibyte))
      await put(caller, `[${'[],'.repeat(20 * mebibyte)}[]]`)
      await put(caller, `{"a":${'['.repeat(30 * mebibyte)}`)
      await put(caller, `"${'x'.repeat(60 * mebibyte)}"`)
      await Promise.all(Array.from({ length: 4 }, () => put(caller, nonsense('{}', 63 * mebibyte))))
    },
  },
  'large-snapshot': {
    prepare: async () => snapshotOf(150_000),
    run: async (caller, text) => {
      await loaded(caller, text)
      const { length } = await caller.call('GET', '/_sandbox/snapshot')
      if (length < text.length * 0.9) throw new Error(`the snapshot has only ${length} bytes`)
      await loaded(caller, text)
      await caller.call('GET', '/_sandbox/snapshot?account=acme')
    },
  },
  'large-orders-in-a-snapshot': {
    prepare: async () =>
      snapshotOf(28, { request: () => ({ passthrough: { list: Array.from({ length: 340_000 }, () => []) } }) }),
    run: async (caller, text) => {
      await loaded(caller, text)
      await caller.call('GET', '/_sandbox/snapshot')
    },
  },
  'many-deliveries': {
    prepare: async () => snapshotOf(70_000, { makeDelivery: finished }),
    run: async (caller, text) => {
      await loaded(caller, text)
      await caller.many(4, 4, () => caller.call('GET', '/_sandbox/deliveries?status=failed'))
      await caller.call('POST', '/_sandbox/deliveries/wait', { filter: { status: 'failed' }, timeoutMs: 100 })
      await caller.call('GET', '/_sandbox/snapshot')
      await caller.call('POST', '/_sandbox/reset?account=acme')
      await loaded(caller, text)
      await caller.call('POST', '/_sandbox/reset')
    },
  },
  'many-orders': {
    prepare: (caller) => loaded(caller, snapshotOf(150_000)),
    run: async (caller) => {
      await caller.many(4, 4, () => caller.call('GET', '/_sandbox/orders?search=nobody'))
      await caller.call('POST', '/_sandbox/orders/wait', { filter: { search: 'nobody' }, timeoutMs: 100 })
      await caller.call('POST', '/_sandbox/reset?account=acme')
    },
  },
  'many-expiries': {
    env: { SANDBOX_EXPIRE_AFTER: '3600' },
    prepare: (caller) => loaded(caller, snapshotOf(50_000)),
    run: async (caller) => {
      await caller.call('POST', '/_sandbox/clock/advance', { ms: 7_200_000 })
      await caller.call('POST', '/_sandbox/reset?account=acme')
    },
  },
}
