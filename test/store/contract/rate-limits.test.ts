import { atOnce, eachStore } from '../../support/each-store'

const noon = Date.parse('2026-01-31T12:00:00.000Z')

eachStore('the minute of a key starts with its first call, and each call learns how much is left', async (t, state) => {
  const { rateLimits } = state
  t.strictSame(await rateLimits.count('first', noon), { current: 1, ttl: 60_000 })
  t.strictSame(await rateLimits.count('first', noon + 19_500), { current: 2, ttl: 40_500 })
  t.strictSame(
    await rateLimits.count('second', noon + 19_500),
    { current: 1, ttl: 60_000 },
    'each key has its own minute',
  )
  t.strictSame(await rateLimits.count('first', noon + 59_999), { current: 3, ttl: 1 })
  t.strictSame(await rateLimits.count('first', noon + 60_000), { current: 1, ttl: 60_000 })
  t.strictSame(await rateLimits.count('second', noon + 60_000), { current: 2, ttl: 19_500 })
})

eachStore('setting the clock back to before the minute starts a new one', async (t, { rateLimits }) => {
  await rateLimits.count('key', noon)
  await rateLimits.count('key', noon + 30_000)
  t.strictSame(await rateLimits.count('key', noon), { current: 3, ttl: 60_000 })
  t.strictSame(await rateLimits.count('key', noon - 1), { current: 1, ttl: 60_000 })
})

eachStore('concurrent calls are counted exactly, across replicas', async (t, state) => {
  const both = [state.rateLimits, (await state.replica()).rateLimits]
  const counts = await atOnce(100, both, (rateLimits) => rateLimits.count('key', noon))
  t.strictSame(
    counts.map(({ current }) => current).sort((a, b) => a - b),
    Array.from({ length: 100 }, (_, i) => i + 1),
  )
})

eachStore('a reset of everything starts a new minute, a reset of one account does not', async (t, state) => {
  const { rateLimits, reset } = state
  await rateLimits.count('key', noon)
  await reset('acme')
  t.strictSame(await rateLimits.count('key', noon + 1), { current: 2, ttl: 59_999 })
  await reset(null)
  t.strictSame(await rateLimits.count('key', noon + 2), { current: 1, ttl: 60_000 })
})
