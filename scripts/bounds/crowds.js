'use strict'

const { setTimeout: sleep } = require('node:timers/promises')
const { assessments, headersOf } = require('../http-calls')
const { snapshotOf } = require('./snapshots')

/** @param {number} count */
const emails = (count) => Array.from({ length: count }, (_, i) => ({ value: `mia${i}@example.com` }))
/** @param {import('./caller').Caller} caller */
const fill = (caller) => caller.call('PUT', '/_sandbox/snapshot', snapshotOf(20_000))

/** @type {Record<string, import('./rows').Row>} */
exports.rows = {
  'many-waiters': {
    run: async ({ begin, order, many, call }) => {
      const filters = [
        { candidate: { email: 'nobody@example.com' } },
        { search: 'no b o d y' },
        { package: { id: 'x' } },
      ]
      const waits = []
      for (let i = 0; i < 2_000; i++) {
        const path = `/_sandbox/orders/wait?account=acme${i % 100}`
        waits.push(begin('POST', path, { filter: filters[i % 3], timeoutMs: 60_000 }))
        // Spread out, since so many simultaneous calls of any kind would take time.
        if (i % 200 === 0) await sleep(50)
      }
      const body = { passthrough: Object.fromEntries(emails(400).map((_, k) => [`k${k}`, k])) }
      for (let i = 0; i < 500; i++) {
        const path = `/_sandbox/requests/wait?account=acme${i % 100}`
        waits.push(begin('POST', path, { filter: { body }, timeoutMs: 60_000 }))
        if (i % 50 === 0) await sleep(50)
      }
      await sleep(1_000)
      await many(4, 2, (i) => order({ candidate: { emails: emails(25_000) } }, `acme${i}`))
      await call('POST', `/_sandbox/orders/wait?account=acme`, { timeoutMs: 0 })
      for (const { leave } of waits) leave()
      await sleep(500)
    },
  },
  'waiters-that-leave': {
    prepare: fill,
    run: async ({ begin }) => {
      for (let i = 0; i < 10; i++) {
        const waits = Array.from({ length: 100 }, () =>
          begin('POST', '/_sandbox/orders/wait', { filter: { search: 'nobody' }, timeoutMs: 200 }),
        )
        await sleep(100)
        for (const { leave } of waits) leave()
      }
      await sleep(1_000)
    },
  },
  'heartbeats-that-leave': {
    run: async ({ begin, call }) => {
      await call('POST', '/_sandbox/faults?account=acme', { delayMs: 3_600_000, always: true })
      await call('POST', '/_sandbox/clock/freeze')
      const calls = Array.from({ length: 200 }, () =>
        begin('POST', `${assessments}/orders`, {}, { ...headersOf('acme'), prefer: 'heartbeat' }),
      )
      await sleep(500)
      for (const { leave } of calls) leave()
      await sleep(200)
      await call('POST', '/_sandbox/clock/advance', { ms: 7_200_000 })
    },
  },
  'heartbeats-that-stay': {
    run: async ({ begin, call }) => {
      await call('POST', '/_sandbox/faults?account=acme', { delayMs: 3_600_000, always: true })
      const calls = Array.from({ length: 200 }, () =>
        begin('POST', `${assessments}/orders`, {}, { ...headersOf('acme'), prefer: 'heartbeat' }),
      )
      await sleep(500)
      await call('POST', '/_sandbox/clock/advance', { ms: 600_000 })
      for (const { leave } of calls) leave()
    },
  },
  'many-faults': {
    run: async ({ call, many }) => {
      await many(20_000, 8, (i) =>
        call('POST', `/_sandbox/faults?account=acme${i % 50}`, {
          on: 'packages.get',
          status: 500,
          message: 'x'.repeat(200),
        }),
      )
      await many(5, 5, () => call('GET', '/_sandbox/faults'))
      await call('DELETE', '/_sandbox/faults?account=acme1')
      await call('DELETE', '/_sandbox/faults')
    },
  },
  'many-webhooks': {
    run: async ({ call, order, many }) => {
      await many(8_000, 8, (i) =>
        call('POST', `/_sandbox/webhooks${i % 2 ? '?account=acme' : ''}`, { url: `http://127.0.0.1:9/hook/${i}` }),
      )
      await many(20, 4, (i) =>
        order({ id: `order-${i}`, candidate: { emails: [{ value: 'mia+passed@example.com' }] } }),
      )
      await many(20, 4, () =>
        call('PATCH', `${assessments}/orders/order-1/result`, { summary: 'x'.repeat(900_000) }, headersOf('acme')),
      )
      await call('GET', '/_sandbox/deliveries?limit=1000')
      await call('POST', '/_sandbox/reset?account=acme')
    },
  },
  'many-reports-of-one-order': {
    prepare: async ({ call, order, many }) => {
      for (let i = 0; i < 20; i++)
        await call('POST', '/_sandbox/webhooks?account=acme', { url: `http://127.0.0.1:9/${i}` })
      await order({ id: 'order-1' })
      await many(2_000, 4, (i) =>
        call('PATCH', `${assessments}/orders/order-1/result`, { summary: `report ${i}` }, headersOf('acme')),
      )
    },
    run: async ({ call, many }) => {
      await many(200, 4, (i) =>
        call('PATCH', `${assessments}/orders/order-1/result`, { summary: `again ${i}` }, headersOf('acme')),
      )
      await call('POST', '/_sandbox/reset?account=acme')
    },
  },
  'many-viewers': {
    prepare: fill,
    run: async ({ begin, order, many }) => {
      const viewers = Array.from({ length: 1_000 }, (_, i) =>
        begin('GET', `/_sandbox/live${i % 2 ? `?account=acme${i}` : ''}`, undefined, { accept: 'text/event-stream' }),
      )
      await many(500, 4, (i) => order({ id: `seen-${i}` }))
      for (const { leave } of viewers) leave()
      await sleep(500)
    },
  },
}
