import { isDeepStrictEqual } from 'node:util'
import t from 'tap'
import type { FaultToAdd } from '../../schemas/control/faults'
import type { Operation } from '../../schemas/control/requests'
import { type AccountControl, connectSandbox, ControlError } from '../../src/index'
import { receiverFor } from '../support/receiver'
import { call, sandboxFor } from '../support/sandbox'

const workers = 20
const operationsOfEach = 200

/** Pseudo-random choices that are the same in every run. */
function chanceFrom(seed: number) {
  let state = seed
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
  return { below, pick: <T>(all: readonly T[]): T => all[below(all.length)] as T }
}

interface ModelOrder {
  body: { id: string; candidate: { id: string } }
  remoteId: unknown
  state: string
  score: string | undefined
}

/** A user with a separate account, and a model of what it should see. */
class Worker {
  readonly orders = new Map<string, ModelOrder>()
  /** Calls of the emulated API since the last reset. */
  calls: [operation: Operation, status: number][] = []
  deliveries = 0
  hasWebhook = false
  private made = 0
  private readonly chance
  private readonly account: AccountControl

  constructor(
    private readonly number: number,
    private readonly url: string,
    private readonly receiverUrl: string,
  ) {
    this.chance = chanceFrom(number + 1)
    this.account = connectSandbox(url).account(this.id)
  }

  get id() {
    return `worker-${String(this.number)}`
  }

  async work(): Promise<void> {
    for (let step = 1; step <= operationsOfEach; step++) {
      const name = this.chance.pick(names)
      try {
        await this[name]()
      } catch (error) {
        throw new Error(`${this.id}, step ${String(step)}, ${name}: ${(error as Error).message}`, { cause: error })
      }
    }
    await this.list()
  }

  async order(): Promise<void> {
    // All workers use the same ids, since each account is a namespace.
    const id = `order-${String(this.chance.below(12))}`
    if (this.orders.has(id)) return this.repeat()
    const body = { id, candidate: { id: `${this.id}-${String(++this.made)}` } }
    const { status, body: answer } = await this.call('orders.create', 'POST', '/orders', body)
    same([status, answer['id']], [200, id])
    this.orders.set(id, { body, remoteId: answer['remote_id'], state: 'ordered', score: undefined })
    this.told()
  }

  async repeat(): Promise<void> {
    const known = this.known()
    if (known === undefined) return
    const answer = await this.call('orders.create', 'POST', '/orders', known.body)
    same([answer.status, answer.body['remote_id']], [200, known.remoteId])
  }

  async conflict(): Promise<void> {
    const known = this.known()
    if (known === undefined) return
    const { status } = await this.call('orders.create', 'POST', '/orders', {
      ...known.body,
      candidate: { id: 'other' },
    })
    same(status, 409)
  }

  async read(): Promise<void> {
    const id = `order-${String(this.chance.below(12))}`
    const known = this.orders.get(id)
    const { status, body } = await this.call('orders.get', 'GET', `/orders/${id}`)
    same(status, known === undefined ? 404 : 200)
    if (known !== undefined) same(body['data'], { ...known.body, remote_id: known.remoteId })
    const results = await this.call('results.get', 'GET', `/orders/${id}/results`)
    const isReported = known !== undefined && (known.state !== 'ordered' || known.score !== undefined)
    same(results.status, isReported ? 200 : 404)
    if (!isReported) return
    const { score, candidate } = results.body['data'] as { score?: { value: string }; candidate: { id: string } }
    same([score?.value, candidate.id], [known.score, known.body.candidate.id])
  }

  async report(): Promise<void> {
    const known = this.known()
    if (known === undefined) return
    const value = this.chance.pick(['passed', 'failed', 'in_progress'])
    const score = String(this.chance.below(100))
    const update = { score: { value: score }, result: { value } }
    same((await this.call('results.update', 'PATCH', `/orders/${known.body.id}/result`, update)).status, 200)
    Object.assign(known, { state: value, score })
    this.told()
  }

  async complete(): Promise<void> {
    const known = this.known()
    if (known === undefined) return
    const isOpen = ['ordered', 'in_progress'].includes(known.state)
    const score = this.chance.below(100)
    const completed = await this.account.orders.complete(known.body.id, { result: 'completed', score }).catch(refusal)
    same(completed instanceof ControlError ? completed.statusCode : completed.state, isOpen ? 'completed' : 409)
    if (!isOpen) return
    Object.assign(known, { state: 'completed', score: String(score) })
    this.told()
  }

  async fault(): Promise<void> {
    const kind = this.chance.pick<FaultToAdd>([
      { status: 429, retryAfter: 1 },
      { status: 502, times: 2 },
      { delayMs: 3 },
      { answer: 'truncated-json' },
    ])
    await this.account.faults.add({ on: 'packages.list', ...kind })
    for (let i = 0; i < (kind.times ?? 1); i++) {
      const answer = await this.call('packages.list', 'GET', '/packages').catch((error: unknown) => error)
      if (kind.answer === undefined) same((answer as { status: number }).status, kind.status ?? 200)
      else same(answer instanceof SyntaxError, true)
    }
    same((await this.call('packages.list', 'GET', '/packages')).status, 200)
    same(
      (await this.account.faults.list()).filter(({ account, isSpent }) => account !== this.id || !isSpent),
      [],
    )
    await this.account.faults.clear()
  }

  async wait(): Promise<void> {
    const id = `order-${String(this.chance.below(12))}`
    const known = this.orders.get(id)
    if (known !== undefined) {
      const order = await this.account.orders.waitFor({ id, candidate: { id: known.body.candidate.id } })
      same([order.account, order.remoteId, order.state], [this.id, known.remoteId, known.state])
      return
    }
    const body = { id, candidate: { id: `${this.id}-${String(++this.made)}` } }
    const [order, { status, body: answer }] = await Promise.all([
      this.account.orders.waitFor({ id }),
      this.call('orders.create', 'POST', '/orders', body),
    ])
    same([status, order.account, order.order.candidate], [200, this.id, body.candidate])
    this.orders.set(id, { body, remoteId: answer['remote_id'], state: 'ordered', score: undefined })
    this.told()
  }

  async list(): Promise<void> {
    const listed = await this.account.orders.list()
    same(
      listed.map(({ account, id, state, remoteId }) => [account, id, state, remoteId]),
      [...this.orders.values()].reverse().map(({ body, state, remoteId }) => [this.id, body.id, state, remoteId]),
    )
    if (this.calls.length > 0)
      await this.account.requests.waitForMany({}, { count: this.calls.length, timeoutMs: 30_000 })
    const { requests } = await this.account.requests.list({ limit: 1_000 })
    same(
      requests.map(({ account, operation, status }) => [account, operation, status]).reverse(),
      this.calls.map((each) => [this.id, ...each]),
    )
    const { deliveries } = await this.account.deliveries.list({ limit: 1_000 })
    same([deliveries.length, deliveries.filter(({ account }) => account !== this.id)], [this.deliveries, []])
    same((await this.account.webhooks.list()).length, this.hasWebhook ? 1 : 0)
  }

  async subscribe(): Promise<void> {
    if (this.hasWebhook) return
    await this.account.webhooks.add({ url: `${this.receiverUrl}/${this.id}` })
    this.hasWebhook = true
  }

  async reset(): Promise<void> {
    if (this.chance.below(3) > 0) return this.list()
    await this.account.reset()
    this.orders.clear()
    this.calls = []
    this.deliveries = 0
    this.hasWebhook = false
    return this.list()
  }

  private known(): ModelOrder | undefined {
    return this.orders.size === 0 ? undefined : this.chance.pick([...this.orders.values()])
  }

  private told() {
    if (this.hasWebhook) this.deliveries++
  }

  private async call(operation: Operation, method: string, path: string, body?: unknown) {
    const noted: [Operation, number] = [operation, 200]
    this.calls.push(noted)
    const answer = await call(this.url, method, path, body, { 'x-account-id': this.id })
    noted[1] = answer.status
    return answer
  }
}

const names = [
  'order',
  'order',
  'repeat',
  'conflict',
  'read',
  'report',
  'complete',
  'fault',
  'wait',
  'list',
  'subscribe',
  'reset',
] as const

const refusal = (error: unknown) => {
  if (error instanceof ControlError) return error
  throw error as Error
}

function same(found: unknown, wanted: unknown) {
  if (isDeepStrictEqual(found, wanted)) return
  throw new Error(`found ${JSON.stringify(found)}, wanted ${JSON.stringify(wanted)}`)
}

t.test('twenty parallel workers, each with an account, see only their own data', async (t) => {
  const receiver = await receiverFor(t)
  const { url, ...sandbox } = await sandboxFor(t, { journalSize: 100_000 })
  const all = Array.from({ length: workers }, (_, i) => new Worker(i, url, receiver.url))
  const before = performance.now()
  const ended = await Promise.allSettled(all.map((worker) => worker.work()))
  const problems = ended.flatMap((each) => (each.status === 'rejected' ? [(each.reason as Error).message] : []))
  t.strictSame(problems, [])
  t.comment(`${String(Math.round(performance.now() - before))} ms`)

  const wrong = receiver.received.filter(({ path, json }) => path !== `/${String(json['account_id'])}`)
  t.strictSame(wrong, [])
  t.ok(receiver.received.length > workers, 'webhooks fired')
  t.equal(
    (await sandbox.orders.list({ limit: 1_000 })).length,
    all.reduce((sum, { orders }) => sum + orders.size, 0),
  )
})
