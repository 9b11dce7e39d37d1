import type { FaultToAdd } from '../../../schemas/control/faults'
import { type Operation, operations } from '../../../schemas/control/requests'
import type { Faults } from '../../../src/store/faults'
import { untilSettled } from '../../../src/store/settings-changed'
import { atOnce, eachStore } from '../../support/each-store'
import { storedOrder } from '../../support/sandbox'

/** What `count` calls in a row meet: an x for a fault with 502, a c for one with 409, or a dot for none. */
async function letters(faults: Faults, count: number, operation: Operation = 'packages.list', account = 'acme') {
  let all = ''
  for (let i = 0; i < count; i++) {
    const strike = await faults.strike(account, operation)
    if (strike === null) all += '.'
    else all += strike.fault.status === 409 ? 'c' : 'x'
  }
  return all
}

const countings: [string, FaultToAdd[], string][] = [
  ['the next call', [{ status: 502 }], 'x....'],
  ['the next calls', [{ status: 502, times: 3 }], 'xxx..'],
  ['every call', [{ status: 502, always: true }], 'xxxxx'],
  ['one call when always is false', [{ status: 502, always: false }], 'x....'],
  ['every third call', [{ status: 502, every: 3 }], '..x..x..x'],
  ['every second call, twice', [{ status: 502, every: 2, times: 2 }], '.x.x....'],
  ['all calls after the second', [{ status: 502, after: 2 }], '..xxxxx'],
  ['all calls with after: 0', [{ status: 502, after: 0 }], 'xxx'],
  ['one call after the second', [{ status: 502, after: 2, times: 1 }], '..x...'],
  ['every second call after the third', [{ status: 502, after: 3, every: 2 }], '....x.x.x'],
  ['calls in the order of the list', [{ status: 502, times: 2 }, { status: 409 }, { status: 502 }], 'xxcx..'],
  [
    'calls on which it is the first fault due',
    [
      { status: 502, every: 2 },
      { status: 409, times: 2 },
    ],
    'cxcx.x',
  ],
  [
    'calls that no earlier fault answered',
    [
      { status: 502, times: 2 },
      { status: 409, after: 1, times: 1 },
    ],
    'xx.c..',
  ],
]

eachStore('times, every, after and always decide which calls a fault applies to', async (t, { faults }) => {
  for (const [title, given, expected] of countings) {
    for (const fault of given) await faults.add(null, fault)
    t.equal(await letters(faults, expected.length), expected, `it applies to ${title}`)
    const struck = (await faults.list(null)).reduce((sum, fault) => sum + fault.struck, 0)
    t.equal(struck, expected.replaceAll('.', '').length)
    await faults.removeAll(null)
  }
})

eachStore('a fault reports what it has counted, and when it is used up', async (t, { faults }) => {
  const twice = await faults.add('acme', { status: 502, times: 2 })
  t.match(twice, {
    account: 'acme',
    fault: { status: 502, times: 2 },
    seen: 0,
    struck: 0,
    isEndless: false,
    isSpent: false,
  })
  const third = await faults.add(null, { status: 409, every: 3 })
  t.match(third, { account: null, isEndless: true, isSpent: false })
  t.strictSame(await faults.strike('acme', 'packages.list'), { id: twice.id, fault: twice.fault })
  t.strictSame(await faults.list(null), [{ ...twice, seen: 1, struck: 1 }, third])
  await letters(faults, 4)
  t.strictSame(await faults.list(null), [
    { ...twice, seen: 2, struck: 2, isSpent: true },
    { ...third, seen: 3, struck: 1 },
  ])
})

eachStore('faults count concurrent calls exactly, across replicas', async (t, { faults, replica }) => {
  await faults.add(null, { status: 409, every: 10 })
  await faults.add(null, { status: 502, times: 7 })
  const both = [faults, (await replica()).faults]
  for (const operation of ['orders.create', 'packages.list'] as const) {
    const strikes = await atOnce(100, both, (faults) => faults.strike('acme', operation))
    const count = (status: number) => strikes.filter((strike) => strike?.fault.status === status).length
    t.strictSame([count(409), count(502)], [10, operation === 'orders.create' ? 7 : 0])
  }
  t.match(await faults.list(null), [
    { seen: 200, struck: 20 },
    { seen: 7, struck: 7, isSpent: true },
  ])
})

eachStore(
  'a fault of an account applies only to its calls, one without an account to all calls',
  async (t, { faults }) => {
    await faults.add('acme', { status: 409, times: 2 })
    await faults.add(null, { status: 502, times: 2 })
    t.equal(await letters(faults, 1, 'packages.list', 'globex'), 'x')
    t.equal(await letters(faults, 4), 'ccx.')
    t.equal(await letters(faults, 1, 'packages.list', 'globex'), '.')
  },
)

eachStore('a fault for one operation neither applies to others nor counts them', async (t, { faults }) => {
  for (const on of operations) {
    const { id } = await faults.add(null, { on, status: 502, times: 2 })
    for (const operation of operations) t.equal(await letters(faults, 1, operation), operation === on ? 'x' : '.')
    t.equal(await faults.strike('acme', undefined), null)
    t.match(await faults.list(null), [{ id, seen: 1 }])
    t.ok(await faults.remove(id))
  }
  const { id } = await faults.add(null, { on: '*', status: 502, always: true })
  for (const operation of [...operations, undefined]) t.match(await faults.strike('acme', operation), { id })
})

eachStore('faults are listed in the order in which they apply, and can be removed', async (t, { faults }) => {
  t.strictSame(await faults.list(null), [])
  const all = await faults.add(null, { status: 500 })
  const acme = await faults.add('acme', { answer: 'reset' })
  const globex = await faults.add('globex', { delayMs: 1 })
  t.strictSame(await faults.list(null), [all, acme, globex])
  t.strictSame(await faults.list('acme'), [all, acme], "those that apply to the account's calls")

  t.equal(await faults.remove(all.id), true)
  t.equal(await faults.remove(all.id), false)
  t.equal(await faults.remove('nothing'), false)
  const again = await faults.add(null, { status: 500 })
  t.not(again.id, all.id)
  await faults.removeAll('acme')
  t.strictSame(await faults.list(null), [globex, again], 'a fault for all accounts does not belong to acme')
  await faults.removeAll(null)
  t.strictSame(await faults.list(null), [])
  t.equal(await letters(faults, 2), '..')
})

eachStore(
  'a magic account counts its calls across replicas, and its fault is not listed',
  async (t, { faults, replica, reset }) => {
    const other = (await replica()).faults
    const flaky = async (through: Faults, operation: Operation) =>
      (await through.strike('sandbox-flaky', operation))?.id ?? null
    t.equal(await flaky(faults, 'orders.create'), 'sandbox-flaky')
    t.equal(await flaky(other, 'packages.list'), null)
    t.equal(await flaky(other, 'orders.create'), 'sandbox-flaky')
    t.strictSame(await faults.list(null), [])
    t.equal(await faults.remove('sandbox-flaky'), false)
    await faults.removeAll(null)
    t.equal(await flaky(faults, 'orders.create'), null, 'removing all faults does not restart its count')
    await reset('globex')
    t.equal(await flaky(faults, 'orders.create'), 'sandbox-flaky')
    await reset('sandbox-flaky')
    t.equal(await flaky(faults, 'orders.create'), 'sandbox-flaky', 'a reset restarts its count')
  },
)

eachStore('imported faults continue counting where they stopped', async (t, { faults, reset }) => {
  await faults.add(null, { status: 409, every: 3 })
  await faults.add('acme', { status: 502, times: 2 })
  await faults.add('globex', { status: 502 })
  t.equal(await letters(faults, 1), 'x')
  const [third, twice, ofGlobex] = await faults.export(null)
  t.strictSame(third, { accountId: null, fault: { status: 409, every: 3 }, seen: 1, struck: 0 })
  t.strictSame(twice, { accountId: 'acme', fault: { status: 502, times: 2 }, seen: 1, struck: 1 })
  t.strictSame(await faults.export('acme'), [twice])

  await reset(null)
  await faults.import([])
  await faults.add(null, { status: 500, on: 'orders.get' })
  await faults.import([third, twice, ofGlobex].flatMap((each) => each ?? []))
  t.match(await faults.list(null), [{ seen: 0 }, { seen: 1 }, { seen: 1, struck: 1 }, { account: 'globex' }])
  t.equal(await letters(faults, 5), 'xc..c')
})

eachStore('there can be 500 faults per account and 5000 in all', async (t, { faults }) => {
  const many = (accountId: string | null, count: number) =>
    Array.from({ length: count }, () => ({ accountId, fault: { status: 500 }, seen: 0, struck: 0 }))
  await faults.import([...many('acme', 499), ...many(null, 500)])
  await faults.add('acme', { status: 500 })
  const ofAccount = { statusCode: 422, message: / 500 faults/, hint: /^Remove some/ }
  await t.rejects(faults.add('acme', { status: 500 }), ofAccount)
  await t.rejects(faults.add(null, { status: 500 }), ofAccount)
  await faults.import(Array.from({ length: 8 }, (_, i) => many(`account-${String(i)}`, 500)).flat())
  const inAll = { statusCode: 422, message: / 5000 faults/, hint: /^Remove some/ }
  await t.rejects(faults.add('initech', { status: 500 }), inAll)
  await faults.removeAll('acme')
  t.match(await faults.add('acme', { status: 500 }), { account: 'acme' })
})

eachStore('a new fault applies to the very next order, whichever replica receives it', async (t, state) => {
  const { store, faults, replica } = state
  const other = await replica()
  for (let round = 0; round < 30; round++) {
    const { id } = await other.faults.add(null, { on: 'orders.create', status: 422 })
    const order = storedOrder({ id: `order-${String(round)}`, token: `token-${String(round)}` })
    const struck = await untilSettled(async () => {
      const strike = await faults.strike('acme', 'orders.create')
      if (strike === null) await store.addOrder(order)
      return strike
    })
    t.equal(struck?.id, id)
    await other.faults.remove(id)
  }
  t.equal(await store.count(null), 0)
})
