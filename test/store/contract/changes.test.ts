import type { ChangesByKind } from '../../../src/store/changes'
import type { State } from '../../../src/deps'
import { eachStore } from '../../support/each-store'
import { storedOrder } from '../../support/sandbox'
import { until } from '../../support/until'

const created = { events: ['created'], requestId: null } as const

/** Listens to changes of a kind. */
async function listen<K extends keyof ChangesByKind>({ changes }: Pick<State, 'changes'>, kind: K) {
  const heard: ChangesByKind[K][] = []
  const stop = changes.on(kind, (item) => heard.push(item))
  await changes.ready()
  return { heard, stop }
}

eachStore('every replica hears of an order when it is added and when it changes', async (t, state) => {
  const { store } = state
  const all = [await listen(state, 'order'), await listen(await state.replica(), 'order')]
  await store.addOrder(storedOrder())
  await store.addOrder(storedOrder({ token: 'a repeated one' }))
  await store.updateOrder('acme', 'order-1', (order) => ({ ...order, state: 'initiated' }))
  const put = await store.prepare([storedOrder({ id: 'order-2', token: 'token-2', remoteId: 'remote-2' })])
  await put()
  for (const { heard } of all) {
    await until(async () => heard.length === 3)
    t.strictSame(
      heard.map(({ id, state }) => [id, state]),
      [
        ['order-1', 'ordered'],
        ['order-1', 'initiated'],
        ['order-2', 'ordered'],
      ],
    )
  }
})

eachStore(
  'every replica hears of a delivery when it begins, was attempted or is replayed',
  async (t, state) => {
    const { store, webhooks, deliveries } = state
    await webhooks.add({ accountId: null, url: 'http://127.0.0.1:9/', secret: 'whsec_1' })
    const heard: string[] = []
    const note = ({ status, attempts }: ChangesByKind['delivery']) => heard.push(`${status} ${String(attempts.length)}`)
    const { changes } = await state.replica()
    changes.on('delivery', note)
    await changes.ready()
    await store.addOrder(storedOrder(), created)
    await until(async () => heard.length === 2)
    await deliveries.replay('remote-1.1')
    await until(async () => heard.length === 4)
    t.strictSame(heard, ['pending 0', 'blocked 1', 'pending 1', 'blocked 2'])
  },
  { callbackTargets: 'none' },
)

eachStore('what one replica emits, listeners of that kind hear at every replica', async (t, state) => {
  const other = await state.replica()
  const settings = [await listen(state, 'setting'), await listen(other, 'setting')]
  const resets = [await listen(state, 'reset'), await listen(other, 'reset')]
  state.changes.emit('setting', null)
  state.changes.emit('reset', 'acme')
  other.changes.emit('reset', null)
  for (const { heard } of resets) {
    await until(async () => heard.length === 2)
    t.strictSame(heard, ['acme', null])
  }
  for (const { heard } of settings) {
    await until(async () => heard.length === 1)
    t.strictSame(heard, [null])
  }
})

eachStore('a stopped listener hears nothing more', async (t, state) => {
  const stopped = await listen(state, 'order')
  const other = await listen(state, 'order')
  stopped.stop()
  await state.store.addOrder(storedOrder())
  await until(async () => other.heard.length === 1)
  t.strictSame(stopped.heard, [])
})

eachStore('a kind of change is heard as long as somebody listens for it', async (t, state) => {
  const { changes } = state
  t.equal(changes.isHeard('request'), false)
  const one = await listen(state, 'request')
  const other = await listen(state, 'request')
  one.stop()
  t.equal(changes.isHeard('request'), true)
  t.equal(changes.isHeard('setting'), false)
  other.stop()
  t.equal(changes.isHeard('request'), false)
})
