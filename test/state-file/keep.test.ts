import { pino } from 'pino'
import t, { type Test } from 'tap'
import { changedUnits, ResetMeanwhile } from '../../src/state-file/changed'
import type { Line } from '../../src/state-file/entries'
import { keepState } from '../../src/state-file/keep'
import type { KeptState } from '../../src/state-file/kept-state'
import type { LogFile } from '../../src/state-file/log-file'
import { progressOf } from '../../src/state-file/tell-progress'
import { lastLines } from '../support/failures'
import { depsFor, storedOrder } from '../support/sandbox'
import { until } from '../support/until'

const sayNothing = () => undefined

/** Keeps a state in memory in a log that does as `log` says. */
function kept(t: Test, log: Partial<LogFile>) {
  const lines = lastLines()
  const logger = pino({ level: 'debug' }, lines)
  const deps = depsFor({ logger })
  const whole: LogFile = {
    isNew: true,
    snapshot: null,
    torn: 0,
    read: async () => undefined,
    append: async (next) => {
      ;(await next()).isWritten()
    },
    sizes: () => ({ now: 0, whole: 0 }),
    compact: async () => undefined,
    close: async () => undefined,
    ...log,
  }
  const state = deps as unknown as KeptState
  const { changes } = deps
  const keeper = keepState({ log: whole, file: 'state', state, changes, logger, betweenLoads: async (work) => work() })
  t.teardown(() => keeper.close(async () => undefined).catch(sayNothing))
  return { keeper, store: deps.store, logged: () => lines.text() }
}

t.test('a write that takes long is a problem until it is done', async (t) => {
  let isStuck = true
  let isWriting = false
  const { keeper, store, logged } = kept(t, {
    append: async (next) => {
      const step = await next()
      isWriting = isStuck
      await until(async () => !isStuck)
      isWriting = false
      step.isWritten()
    },
  })
  await keeper.begin()
  await store.addOrder(storedOrder())
  await until(async () => keeper.problem() !== null)
  t.equal(keeper.problem(), 'the state is not saved: writing to state takes over 4 seconds')
  isStuck = false
  await until(async () => keeper.problem() === null)
  t.match(logged(), 'the state is saved again')
  // It may be closed in the middle of a write.
  isStuck = true
  await store.addOrder(storedOrder({ id: '2', token: '2', remoteId: '2' }))
  await until(async () => isWriting)
  const closed = keeper.close(async () => undefined)
  isStuck = false
  await closed
})

t.test('a compaction that fails is logged, and tried again only after the file has grown', async (t) => {
  let tries = 0
  let size = 0
  const { keeper, logged } = kept(t, {
    sizes: () => ({ now: size, whole: 0 }),
    compact: async () => {
      tries++
      throw Object.assign(new Error('no'), { code: 'ENOSPC' })
    },
  })
  await keeper.begin()
  size = 5_000_000
  await until(async () => logged().includes('the state cannot be compacted: the disk has no room left for state'))
  size = 9_000_000
  let looks = 0
  await until(async () => ++looks > 300)
  t.equal(tries, 1)
  size = 10_000_000
  await until(async () => tries === 2)
})

t.test('what could not be written is written the next time, with what changed meanwhile', async (t) => {
  const state = depsFor() as unknown as KeptState
  const { store } = state
  const order = (n: string) => storedOrder({ id: `order-${n}`, token: n, remoteId: n })
  const units = changedUnits()
  for (const n of ['1', '2', '3']) {
    await store.addOrder(order(n))
    units.order(order(n))
  }
  const failed = units.take()
  t.equal(failed.size, 3)
  units.order(order('2'))
  await store.addOrder(order('4'))
  units.order(order('4'))
  units.delivery({ remoteId: '1', number: 1 })
  t.equal([...failed.lines(state)].length, 3)
  failed.putBack()
  const again = units.take()
  const ids = [...again.lines(state)].map((line) => /"id":"(order-\d)"/.exec(line.json)?.[1])
  t.strictSame(ids, ['order-1', 'order-2', 'order-3', 'order-4'])
  t.equal(units.take().size, 0)
})

t.test('what changes while a step is written goes along with it, so that none is half there', async (t) => {
  const state = depsFor() as unknown as KeptState
  const { store, webhooks } = state
  await webhooks.add({ accountId: null, url: 'http://127.0.0.1:9/', secret: 'x' })
  const units = changedUnits()
  await store.addOrder(storedOrder(), { events: ['created'], requestId: null })
  units.order(storedOrder())
  const step = units.take()
  const lines = step.lines(state)
  await store.updateOrder('acme', 'order-1', (order) => ({ ...order, result: '{"summary":"new"}' }), {
    events: ['resulted'],
    requestId: null,
  })
  units.order(storedOrder())
  for (const number of [1, 2]) units.delivery({ remoteId: 'remote-1', number })
  const line = [...lines].map(({ json }) => json).join('')
  t.match(line, 'new')
  t.match(line, /"number":1.*"number":2/)
  t.equal(units.take().size, 0)
  t.strictSame([...changedUnits().take().lines(state)], [])
})

t.test('a step in the middle of which something is reset is made again', async (t) => {
  const state = depsFor() as unknown as KeptState
  const { store } = state
  const units = changedUnits()
  const order = (n: string) => storedOrder({ id: `order-${n}`, token: n, remoteId: n })
  for (const n of ['1', '2']) {
    await store.addOrder(order(n))
    units.order(order(n))
  }
  const changed = units.take()
  const lines = changed.lines(state)
  t.match((lines.next().value as Line | undefined)?.json, 'order-1')
  // As when the same snapshot is loaded again.
  units.reset()
  store.reset(null)
  for (const n of ['1', '2']) {
    await store.addOrder(order(n))
    units.order(order(n))
  }
  t.throws(() => lines.next(), ResetMeanwhile)
  changed.putBack()
  t.equal([...units.take().lines(state)].length, 2)
})

t.test('a large step during resets is made in one turn in the end', async (t) => {
  let failures = 0
  let longest = 0
  const { keeper, store } = kept(t, {
    append: async (next) => {
      const step = await next()
      const pieces = step.pieces()
      if (!step.isEmpty) keeper.reset('another')
      try {
        for (const piece of pieces) longest += piece.length
      } catch (error) {
        failures++
        step.putBack()
        throw error
      }
      step.isWritten()
    },
  })
  for (let i = 0; i < 1_500; i++)
    await store.addOrder(
      storedOrder({ id: String(i), token: String(i), remoteId: String(i), request: `"${'x'.repeat(1_000)}"` }),
    )
  await keeper.close(async () => undefined)
  t.equal(failures, 3)
  t.ok(longest > 1_500_000)
  t.equal(keeper.problem(), null)
})

t.test('the progress of a long read is logged every two seconds', async (t) => {
  const lines = lastLines()
  let now = 0
  const tell = progressOf('state', pino({ level: 'info' }, lines), () => now)
  for (const [at, share] of [
    [100, 0.1],
    [2_100, 0.299],
    [3_000, 0.4],
    [4_200, 0.6],
  ] as const) {
    now = at
    tell(share)
  }
  t.match(lines.text(), /reading the state: 29 %.*\n.*reading the state: 60 %/)
  t.notMatch(lines.text(), '40 %')
})
