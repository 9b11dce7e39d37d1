import { noonInstant, callsOf, day, noon, realTimePasses } from '../../support/clock-calls'
import { eachStore } from '../../support/each-store'
import { until } from '../../support/until'

eachStore('a running clock tells the real time', async (t, { clock }) => {
  const before = Date.now()
  const { now, isFrozen } = await clock.read()
  t.ok(before <= now && now <= Date.now())
  t.equal(isFrozen, false)
  t.equal(clock.isFrozen, false)
  const later = clock.now()
  t.ok(now <= later && later <= Date.now())
})

eachStore('a running clock calls what falls due in its order, and nothing too early', async (t, { clock }) => {
  const called: string[] = []
  const start = clock.now()
  const plan = (name: string, ms: number) =>
    clock.at(start + ms, () => called.push(clock.now() < start + ms ? `${name}, too early` : name))
  plan('last', 6)
  plan('first', 3)
  plan('second', 3)
  plan('called off', 4)()
  plan('not yet', day)
  plan('overdue', -5)
  t.strictSame(called, [], 'nothing is called immediately, even if overdue')
  await until(async () => called.includes('last'))
  t.strictSame(called, ['overdue', 'first', 'second', 'last'])
})

eachStore(
  'a frozen clock stands still, at every replica',
  async (t, state) => {
    for (const { clock } of [state, await state.replica()]) {
      const { called, plan } = callsOf(clock)
      plan('overdue', -1)
      plan('due', 0)
      await realTimePasses()
      t.strictSame(await clock.read(), { now: noonInstant, isFrozen: true })
      t.strictSame([clock.now(), clock.isFrozen], [noonInstant, true])
      t.strictSame(called, [], 'nothing is called before the clock moves, even if due')
    }
  },
  { clock: noon },
)

eachStore('freeze stops the clock where it is, and resume continues from there', async (t, state) => {
  const { clock } = state
  const other = (await state.replica()).clock
  await clock.freeze()
  const stands = clock.now()
  t.ok(stands <= Date.now())
  await realTimePasses()
  t.strictSame(await other.read(), { now: stands, isFrozen: true })
  await other.freeze()
  t.strictSame(await clock.read(), { now: stands, isFrozen: true })

  await clock.advance(day)
  const before = Date.now()
  await other.resume()
  const { now, isFrozen } = await clock.read()
  t.ok(
    now >= stands + day && now <= stands + day + Date.now() - before,
    'it does not catch up on the time it stood still',
  )
  t.equal(isFrozen, false)
  await clock.resume()
  t.ok(clock.now() <= stands + day + Date.now() - before, 'resuming again changes nothing')
})

eachStore(
  'set moves forwards as advance does, and backwards at once',
  async (t, { clock }) => {
    const { called, plan } = callsOf(clock)
    plan('due', 1_000)
    plan('later', 5_000)
    await clock.set(noonInstant + 2_000)
    t.strictSame(called, [['due', 1_000]])
    await clock.set(noonInstant - day)
    t.strictSame(await clock.read(), { now: noonInstant - day, isFrozen: true })
    await clock.set(noonInstant + 4_999)
    t.equal(called.length, 1)
    await clock.set(noonInstant + 5_000)
    t.strictSame(called.at(-1), ['later', 5_000])
  },
  { clock: noon },
)

eachStore('set moves a running clock, which continues from there', async (t, { clock }) => {
  for (const instant of [noonInstant, noonInstant + day, noonInstant - day]) {
    await clock.set(instant)
    const now = clock.now()
    t.ok(now >= instant && now < instant + 60_000, new Date(now).toISOString())
    await until(async () => clock.now() > now)
  }
  t.notOk(clock.isFrozen)
})

eachStore(
  'a reset aborts moves in progress and sets the clock back to its start',
  async (t, { clock, reset }) => {
    const { called, plan } = callsOf(clock)
    const isReset = new Promise<void>((resolve) => {
      plan('resets', 1_000, () => reset(null).then(resolve))
    })
    plan('not reached', day)
    await Promise.all([clock.advance(2 * day), clock.advance(day), isReset])
    t.strictSame(await clock.read(), { now: noonInstant, isFrozen: true })
    t.strictSame(called, [['resets', 1_000]])
    await reset('acme')
    await clock.advance(2_000)
    t.equal((await clock.read()).now, noonInstant + 2_000, 'a reset of one account leaves the clock alone')
  },
  { clock: noon },
)

eachStore('no clock moves beyond the year 9999', async (t, { clock }) => {
  await clock.freeze()
  await clock.advance(1e300)
  t.equal(new Date(clock.now()).toISOString(), '9999-12-31T23:59:59.999Z')
})
