'use strict'

const { assessments, headersOf } = require('../http-calls')

const mebibyte = 1024 * 1024
/** `text` repeated, as a JSON list of at most `bytes`. @type {(text: string, bytes?: number) => string} */
const listOf = (text, bytes = mebibyte - 1_000) =>
  `[${Array.from({ length: Math.floor(bytes / (text.length + 1)) }, () => text).join(',')}]`
/** @type {(make: (i: number) => string, bytes?: number) => string} */
const namesOf = (make, bytes = mebibyte - 1_000) => {
  const parts = []
  for (let size = 0, i = 0; size < bytes; i++) {
    const part = make(i)
    parts.push(part)
    size += part.length + 1
  }
  return `{${parts.join(',')}}`
}

const wrongBodies = {
  list: `{"candidate":{"emails":${listOf('1')}}}`,
  objects: `{"candidate":{"emails":${listOf('{"type":1,"value":2}')}}}`,
  nested: `{"job":{"hiring_team":${listOf('[[[[]]]]')}}}`,
  unknown: `{"candidate":${namesOf((i) => `"firstName${i}":1`)}}`,
  loose: `{"passthrough":{"list":${listOf('[]')}}}`,
  scores: `{"candidate":{"emails":${listOf('{"value":"x"}')}}}`,
}

const filters = {
  keys: `{"filter":{"body":${namesOf((i) => `"k${i}":1`, 400_000)}}}`,
  headers: `{"filter":{"headers":${namesOf((i) => `"k${i}":"1"`, 400_000)}}}`,
  unknown: namesOf((i) => `"k${i}":1`),
  allow: `{"allow":${listOf('{"x":1}')}}`,
}

/** @type {Record<string, import('./rows').Row>} */
exports.rows = {
  'wrong-bodies': {
    run: async ({ order }) => {
      for (const body of Object.values(wrongBodies)) await order(body)
    },
  },
  'ten-wrong-bodies': {
    run: ({ order, many }) => many(60, 10, (i) => order(Object.values(wrongBodies)[i % 6])),
  },
  'wrong-results': {
    prepare: ({ order }) => order({ id: 'order-1' }),
    run: ({ call, many }) => {
      const path = `${assessments}/orders/order-1/result`
      const bodies = [
        `{"attachments":${listOf('{"url":1}')}}`,
        `{"attachments":${listOf('{"url":"x"}')}}`,
        `{"passthrough":{"list":${listOf('[]')}}}`,
      ]
      return many(15, 5, (i) => call('PATCH', path, bodies[i % 3], headersOf('acme')))
    },
  },
  'growing-result': {
    prepare: ({ order }) => order({ id: 'order-1' }),
    run: ({ call, many }) =>
      many(60, 2, (i) =>
        call(
          'PATCH',
          `${assessments}/orders/order-1/result`,
          { passthrough: { [`part${i}`]: 'x'.repeat(mebibyte - 1_000) } },
          headersOf('acme'),
        ),
      ),
  },
  'repeated-orders': {
    prepare: ({ order }) => order(`{"id":"order-1","passthrough":{"list":${listOf('[]')}}}`),
    run: ({ order, many }) => many(10, 5, () => order(`{"passthrough":{"list":${listOf('[]')}},"id":"order-1"}`)),
  },
  'wrong-control-calls': {
    run: async ({ call, many }) => {
      for (const body of Object.values(filters))
        for (const path of ['verify', 'match', 'wait', 'find', 'verify-clean'])
          await many(5, 5, () => call('POST', `/_sandbox/requests/${path}`, body))
      await many(10, 10, () => call('POST', '/_sandbox/faults', filters.unknown))
      await call('GET', `/_sandbox/orders?search=${'a+'.repeat(7_000)}`)
      await call('GET', `/_sandbox/orders?${'a[b][c][d]=1&'.repeat(1_000)}`)
    },
  },
}
