'use strict'

const mebibyte = 1024 * 1024
const long = 'x'.repeat(mebibyte - 2_000)
/** @param {number} count */
const values = (count, value = 1) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, value]))

/** @type {Record<string, import('./rows').Row>} */
exports.rows = {
  'filters-of-a-thousand-requests': {
    prepare: ({ order, many }) => many(1_000, 8, () => order({ passthrough: { ...values(200), a: 1 } })),
    run: async ({ call, many }) => {
      for (const count of [900, 20_000]) {
        const filter = { body: { passthrough: values(count, 2) } }
        for (const path of ['verify', 'match', 'find'])
          await many(4, 4, () => call('POST', `/_sandbox/requests/${path}`, { filter }))
      }
      const allow = Array.from({ length: 1_000 }, (_, i) => ({ body: { passthrough: { ...values(20), a: i } } }))
      await many(3, 3, () => call('POST', '/_sandbox/requests/verify-clean', { allow }))
    },
  },
  'long-bodies': {
    prepare: ({ order, many }) => many(80, 4, (i) => order({ id: `order-${i}`, passthrough: { long } })),
    run: async ({ call, many }) => {
      const filter = { body: { passthrough: { other: 1 } } }
      await many(8, 8, () => call('POST', '/_sandbox/requests/match', { filter }))
      await many(4, 4, () => call('GET', '/_sandbox/requests?limit=1000'))
      await many(4, 4, () => call('GET', '/_sandbox/report'))
      await many(4, 4, () => call('GET', '/_sandbox/orders?limit=1000'))
      await many(4, 4, () => call('GET', '/_sandbox/orders?search=nobody'))
      await call('POST', '/_sandbox/orders/wait', { count: 80, timeoutMs: 500 })
      await call('POST', '/_sandbox/orders/wait', { count: 81, timeoutMs: 500 })
    },
  },
  'large-journal': {
    env: { SANDBOX_JOURNAL_SIZE: '100000' },
    prepare: ({ begin, many }) => many(100_000, 16, () => begin('GET', '/unified/ats/none').answer),
    run: async ({ call, many }) => {
      await many(4, 4, () => call('GET', '/_sandbox/requests?limit=1000'))
      await many(4, 4, () => call('GET', '/_sandbox/requests?search=nobody&pageLoad=false&after=2020-01-01'))
      await many(4, 4, () => call('POST', '/_sandbox/requests/verify-clean', {}))
      await many(4, 4, (i) => call('GET', `/_sandbox/requests/${i + 1}`))
      await many(2, 2, () => call('GET', '/_sandbox/report'))
      await call('POST', '/_sandbox/reset?account=acme')
      await call('POST', '/_sandbox/reset')
    },
  },
}
