import { setImmediate } from 'node:timers/promises'
import { noonInstant, callsOf, day, noon, uncaughtIn } from '../../support/clock-calls'
import { atOnce, eachStore } from '../../support/each-store'
import { until } from '../../support/until'

eachStore(
  'advance calls everything that falls due on the way, in order, each at its own instant',
  async (t, { clock }) => {
    const { called, plan } = callsOf(clock)
    plan('c', 5_000)
    plan('a', 1)
    plan('d', 5_000)
    plan('b', 4_999)
    plan('too late', 10_001)
    plan('last', 10_000)
    plan('overdue', -5)
    plan('called off', 3)()
    t.strictSame(called, [], 'nothing is called immediately, even if overdue')
    await clock.advance(10_000)
    t.strictSame(called, [
      ['overdue', 0],
      ['a', 1],
      ['b', 4_999],
      ['c', 5_000],
      ['d', 5_000],
      ['last', 10_000],
    ])
    t.strictSame(await clock.read(), { now: noonInstant + 10_000, isFrozen: true })
    await clock.advance(0)
    t.equal(called.length, 6)
    await clock.advance(1)
    t.strictSame(called.at(-1), ['too late', 10_001])
  },
  { clock: noon },
)

eachStore(
  'advance also calls what actions add within its span, but nothing beyond it',
  async (t, { clock }) => {
    const { called, plan } = callsOf(clock)
    plan('first', 10, () => {
      plan('added for later', 30, () => plan('added by the added one', 40))
      plan('added for now', 10)
      plan('added for the past', 5)
      plan('added behind the end', 51)
    })
    plan('second', 20)
    await clock.advance(50)
    t.strictSame(called, [
      ['first', 10],
      ['added for the past', 10],
      ['added for now', 10],
      ['second', 20],
      ['added for later', 30],
      ['added by the added one', 40],
    ])
    await clock.advance(1)
    t.strictSame(called.at(-1), ['added behind the end', 51])
  },
  { clock: noon },
)

eachStore(
  'advance waits for what an action has started before it continues',
  async (t, { clock }) => {
    const { called, plan } = callsOf(clock)
    plan('begins', 10, async () => {
      // Longer than a move that does not wait would take.
      for (let i = 0; i < 50 && called.length < 2; i++) await clock.read()
      await setImmediate()
      plan('added by what it began', 15)
    })
    plan('later', 20)
    await clock.advance(30)
    t.strictSame(called, [
      ['begins', 10],
      ['added by what it began', 15],
      ['later', 20],
    ])
  },
  { clock: noon },
)

eachStore('a running clock that is advanced keeps running, ahead of real time', async (t, { clock }) => {
  const start = clock.now()
  let calledAt = 0
  clock.at(start + day, () => (calledAt = clock.now()))
  await clock.advance(2 * day)
  t.ok(calledAt >= start + day && calledAt < start + 2 * day)
  const { now, isFrozen } = await clock.read()
  t.equal(isFrozen, false)
  const ahead = now - Date.now()
  t.ok(ahead <= 2 * day && ahead > 2 * day - 60_000, String(ahead))
})

eachStore(
  'concurrent moves add up, across replicas',
  async (t, state) => {
    const both = [state.clock, (await state.replica()).clock]
    const { called, plan } = callsOf(state.clock)
    plan('in one of them', 1_500)
    await atOnce(6, both, (clock) => clock.advance(1_000))
    for (const clock of both) t.equal((await clock.read()).now, noonInstant + 6_000)
    await until(async () => called.length === 1)
  },
  { clock: noon },
)

eachStore(
  'a move by one replica calls what is due at another',
  async (t, state) => {
    const { called, plan } = callsOf(state.clock)
    plan('due', 1_000)
    plan('not yet', 1_001)
    const other = (await state.replica()).clock
    await other.advance(1_000)
    await until(async () => called.length === 1)
    t.strictSame(called, [['due', 1_000]])
  },
  { clock: noon },
)

eachStore(
  'freeze and resume during a move take effect at its end',
  async (t, { clock }) => {
    const { called, plan } = callsOf(clock)
    plan('resumes', 1_000, () => clock.resume())
    plan('next', 2_000)
    await clock.advance(day)
    t.equal(called.length, 2)
    t.equal((await clock.read()).isFrozen, false)
    t.ok(clock.now() >= noonInstant + day)

    const start = clock.now()
    await until(async () => clock.now() > start)
    clock.at(start + 1_000, () => clock.freeze())
    await clock.advance(day)
    const { now, isFrozen } = await clock.read()
    t.equal(isFrozen, true)
    t.ok(now >= start + day, 'the move was completed')
  },
  { clock: noon },
)

eachStore('a move completes even if another replica freezes or resumes the clock meanwhile', async (t, state) => {
  const { clock } = state
  const other = (await state.replica()).clock
  for (let round = 0; round < 10; round++) {
    const start = (await clock.read()).now
    const change = round % 2 === 0 ? other.freeze.bind(other) : other.resume.bind(other)
    for (let i = 0; i < 5; i++) clock.at(start + i * 1_000, () => undefined)
    await Promise.all([clock.advance(day), change(), change()])
    const { now, isFrozen } = await clock.read()
    t.ok(now >= start + day, `${String(now - start)} ms`)
    t.equal(isFrozen, round % 2 === 0)
  }
})

eachStore(
  'a failing action is an uncaught exception, and stops nothing else',
  async (t, { clock }) => {
    const { called, plan } = callsOf(clock)
    const uncaught = uncaughtIn(t)
    const [thrown, rejected] = [new Error('thrown by an action'), new Error('rejected by an action')]
    plan('throws', 10, () => {
      throw thrown
    })
    plan('rejects', 10, () => Promise.reject(rejected))
    plan('with them', 10)
    plan('later', 20)
    await clock.advance(30)
    t.strictSame(
      called.map(([name]) => name),
      ['throws', 'rejects', 'with them', 'later'],
    )
    await until(async () => uncaught.length === 2)
    t.strictSame(new Set(uncaught), new Set([thrown, rejected]))
  },
  { clock: noon },
)
