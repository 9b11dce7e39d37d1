import { setImmediate } from 'node:timers/promises'
import type { Recorded } from '../../../src/store/records'
import { eachStore } from '../../support/each-store'
import { until } from '../../support/until'

const recorded = (facts: Partial<Recorded> = {}): Omit<Recorded, 'id'> => ({
  at: 1_770_000_000_000,
  ms: 1.5,
  method: 'POST',
  url: '/unified/ats/assessments/orders?a=1',
  operation: 'orders.create',
  accountId: 'acme',
  orderId: 'order-1',
  status: 200,
  requestHeaders: { 'x-account-id': 'acme', accept: ['a', 'b'] },
  requestBody: '{"id":"order-1"}',
  responseHeaders: { 'content-length': 2 },
  responseBody: '{}',
  message: null,
  hint: null,
  fault: null,
  warnings: [],
  ...facts,
})

const numbersOf = (requests: readonly Recorded[]) => requests.map(({ id }) => id)

eachStore(
  'requests are listed exactly as they were recorded, newest first, by account or all',
  async (t, { journal }) => {
    const refused = recorded({
      ...{
        accountId: null,
        operation: null,
        orderId: null,
        status: null,
        method: '',
        requestBody: '',
        responseBody: null,
      },
      ...{ message: 'The request is not HTTP', hint: 'Send HTTP.', fault: 'fault-1' },
      ...{ warnings: [{ path: 'body', message: 'é\n"\u2028' }] },
    })
    const all = [
      recorded(),
      recorded({ accountId: 'globex' }),
      refused,
      recorded({ requestBody: 'x\n😀'.repeat(2_000) }),
    ]
    t.strictSame(await journal.list(null), [])
    for (const each of all) journal.add(() => structuredClone(each))
    const [first, second, third, fourth] = all.map((each, i) => ({ id: i + 1, ...each }))
    t.strictSame(await journal.list(null), [fourth, third, second, first])
    t.strictSame(await journal.list('acme'), [fourth, first])
    t.strictSame(await journal.list('initech'), [])
    t.equal(await journal.dropped(), 0)
  },
)

eachStore(
  'a request that one replica has answered is in the journal of another at once',
  async (t, { journal, replica }) => {
    const other = (await replica()).journal
    for (let round = 0; round < 10; round++) {
      journal.add(() => recorded({ ms: round }))
      t.match((await other.list('acme'))[0], { id: 2 * round + 1, ms: round })
      other.add(() => recorded({ ms: round + 0.5 }))
      t.match((await journal.list('acme'))[0], { id: 2 * round + 2, ms: round + 0.5 })
    }
  },
)

eachStore(
  'the latest requests are kept, and dropped ones counted',
  async (t, { journal }) => {
    for (let ms = 1; ms <= 8; ms++) journal.add(() => recorded({ ms }))
    t.strictSame(numbersOf(await journal.list(null)), [8, 7, 6])
    t.strictSame(
      (await journal.list('acme')).map(({ ms }) => ms),
      [8, 7, 6],
    )
    t.equal(await journal.dropped(), 5)
  },
  { journalSize: 3 },
)

eachStore(
  'the journal is complete for an account until one of its own requests is dropped',
  async (t, { journal, reset }) => {
    const complete = () => Promise.all(['acme', 'globex', null].map((account) => journal.isComplete(account)))
    for (const accountId of ['acme', 'globex']) journal.add(() => recorded({ accountId }))
    t.strictSame(await complete(), [true, true, true])
    journal.add(() => recorded({ accountId: 'globex' }))
    t.strictSame(await complete(), [false, true, false])
    await reset('globex')
    t.strictSame(await complete(), [false, true, false])
    await reset('acme')
    t.strictSame(await complete(), [true, true, false], 'completeness counts from the last reset')
    await reset(null)
    t.strictSame(await complete(), [true, true, true])
  },
  { journalSize: 2 },
)

eachStore(
  'a journal of size 0 keeps nothing, but listeners still hear of requests',
  async (t, { journal, changes }) => {
    const heard: Recorded[] = []
    changes.on('request', (request) => heard.push(request))
    await changes.ready()
    journal.add(() => recorded())
    journal.add(() => recorded({ accountId: 'globex' }))
    await until(async () => heard.length === 2)
    t.strictSame(heard, [
      { id: 1, ...recorded() },
      { id: 2, ...recorded({ accountId: 'globex' }) },
    ])
    t.strictSame(await journal.list(null), [])
    t.equal(await journal.dropped(), 2)
    t.equal(await journal.isComplete('acme'), false)
    t.equal(await journal.isComplete(null), false)
  },
  { journalSize: 0 },
)

eachStore('a reset of an account removes its requests, and numbering continues', async (t, { journal, reset }) => {
  for (const accountId of ['acme', 'globex', null, 'acme', 'globex']) journal.add(() => recorded({ accountId }))
  await reset('acme')
  t.strictSame(numbersOf(await journal.list(null)), [5, 3, 2])
  t.strictSame(await journal.list('acme'), [])
  t.equal(await journal.dropped(), 0)
  journal.add(() => recorded())
  t.strictSame(numbersOf(await journal.list('acme')), [6])
  await reset(null)
  t.strictSame(await journal.list(null), [])
  journal.add(() => recorded())
  t.strictSame(numbersOf(await journal.list(null)), [1])
})

eachStore('the journal is listed completely while other accounts are reset', async (t, { journal, reset }) => {
  // More than are read at a time.
  for (let ms = 1; ms <= 600; ms++) journal.add(() => recorded({ ms }))
  const over = new AbortController()
  const resetting = (async () => {
    while (!over.signal.aborted) {
      await reset('globex')
      await setImmediate()
    }
  })()
  for (let i = 0; i < 3; i++) t.equal((await journal.list('acme')).length, 600)
  over.abort()
  await resetting
})

const mebibyte = 1024 * 1024

eachStore(
  'beyond 64 MiB the oldest long bodies are dropped, short ones never',
  async (t, { journal }) => {
    const long = 'x'.repeat(mebibyte)
    journal.add(() => recorded())
    journal.add(() => recorded({ requestBody: long }))
    journal.add(() => recorded({ responseBody: long }))
    for (let i = 1; i <= 64; i++) {
      journal.add(() => recorded({ requestBody: long }))
      // The write buffer is bounded too.
      if (i % 16 === 0) await journal.list('nobody')
    }
    const kept = await journal.list('acme')
    const lengths = kept.map(({ requestBody, responseBody }) => [requestBody?.length, responseBody?.length])
    t.strictSame(lengths.slice(0, 64), Array<number[]>(64).fill([mebibyte, 2]))
    t.strictSame(lengths.slice(64), [
      [16, undefined],
      [undefined, 2],
      [16, 2],
    ])
  },
  { journalSize: 67 },
)
