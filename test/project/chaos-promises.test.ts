import t from 'tap'
import { promises } from '../../scripts/chaos/promises'

type History = Parameters<(typeof promises)[string]>[0]
type Call = History['calls'][number]
type Arrival = History['arrivals'][number]
type Story = History & { final: NonNullable<History['final']> }

const order = { id: 'order-1', remote_id: 'remote-1', test_url: 'http://127.0.0.1:20000/tests/token-1' }
const asked = { account: 'acme', orderId: 'order-1', replica: 0, isMagic: false }
const ok = (at: number, body: unknown) => ({
  begin: at,
  end: at + 10,
  status: 200,
  headers: {},
  text: JSON.stringify(body),
})
const arrival = (facts: Partial<Arrival>): Arrival => ({
  endpoint: '/callback',
  remoteId: 'remote-1',
  number: 1,
  orderId: 'order-1',
  event: 'callback',
  marker: undefined,
  digest: 'a',
  at: 0,
  answer: 'taken',
  answeredAt: 0,
  endedAt: facts.answeredAt ?? 0,
  ...facts,
})
const updated = { endpoint: '/webhook', event: 'ats_assessments.updated' }
const delivery = (number: number, event: string) => ({
  ...{ remoteId: 'remote-1', orderId: 'order-1', number, event },
  ...{ status: 'delivered', attempts: [{}] },
})

/** A sound history: an order whose two results were reported, delivered and read. */
const well = (): Story => ({
  plan: [],
  calls: [
    { ...asked, what: 'order', outcome: ok(0, order) },
    { ...asked, what: 'repeat', replica: 1, outcome: ok(20, order) },
    { ...asked, what: 'result', marker: 'first', outcome: ok(40, {}) },
    { ...asked, what: 'result', marker: 'second', outcome: ok(60, {}) },
    { ...asked, what: 'read', expected: ['second'], outcome: ok(80, { data: { summary: 'second' } }) },
  ],
  arrivals: [
    arrival({ ...updated, event: 'ats_assessments.created', at: 5, answeredAt: 6 }),
    arrival({ number: 2, marker: 'first', at: 50, answer: 'refused', answeredAt: 51 }),
    arrival({ number: 2, marker: 'first', at: 55, answeredAt: 56 }),
    arrival({ ...updated, number: 3, marker: 'first', at: 50, answeredAt: 51 }),
    arrival({ number: 4, marker: 'second', at: 70, answeredAt: 71 }),
    arrival({ ...updated, number: 5, marker: 'second', at: 70, answeredAt: 71 }),
  ],
  away: [],
  final: {
    pending: 0,
    dropped: 0,
    snapshots: [
      {
        orders: [
          { accountId: 'acme', id: 'order-1', remoteId: 'remote-1', token: 'token-1', result: '{"summary":"second"}' },
        ],
        deliveries: [
          delivery(1, 'ats_assessments.created'),
          delivery(2, 'results_callback'),
          delivery(3, 'ats_assessments.updated'),
          delivery(4, 'results_callback'),
          delivery(5, 'ats_assessments.updated'),
        ],
      },
    ],
    pages: [{ testUrl: order.test_url, replica: 1, status: 200 }],
  },
})

/** The breaches by promise after `change` is made to a sound history. */
function found(change: (history: Story) => void) {
  const history = well()
  change(history)
  return Object.fromEntries(
    Object.entries(promises).flatMap(([name, breachesOf]) => {
      const breaches = breachesOf(history)
      return breaches.length > 0 ? [[name, breaches]] : []
    }),
  )
}

const enough = 'The run put the promises to the test'
const answers = 'Clients get only documented answers'
const kept = 'Answered orders are kept exactly once'
const told = 'Answered results are sent, the current one last'
const inOrder = 'Deliveries to one endpoint stay in order'
const books = 'The list of deliveries matches what arrived'

const badGateway = (text: string, headers: Record<string, string> = { 'x-sandbox-hint': 'Start it' }) => ({
  ...{ begin: 100, end: 110, status: 502, headers, text },
})
const stackOneError = JSON.stringify({ statusCode: 502, message: 'Away', timestamp: '2026-01-31T12:00:00.000Z' })
const redisAway = { who: 'redis', how: 'kill', from: 90, until: 200 } as const
const replicaAway = { ...redisAway, who: 0 } as const

const outcome = (changes: Partial<Call['outcome']>) => (history: Story) => {
  const [first] = history.calls
  if (first) history.calls.push({ ...first, outcome: { ...first.outcome, begin: 100, end: 110, ...changes } })
}
const at = (history: Story, index: number) => history.arrivals[index] ?? arrival({})

t.test('a sound history keeps every promise', (t) => {
  t.strictSame(
    found(() => undefined),
    {},
  )
  t.end()
})

t.test('the chaos checks report undocumented answers', (t) => {
  const cases: [string, (history: Story) => void][] = [
    ['500 nope', outcome({ status: 500, text: 'nope' })],
    ['404', outcome({ status: 404 })],
    ['ECONNRESET, although the replica was running', outcome({ status: undefined, broken: 'ECONNRESET' })],
    ['lacks StackOne', outcome(badGateway('<html>'))],
    ['has no hint', outcome(badGateway(stackOneError, {}))],
    ['the 502 took 3000 ms', outcome({ ...badGateway(stackOneError), end: 3_100 })],
    ['502, although Redis was running', outcome(badGateway(stackOneError))],
  ]
  for (const [text, change] of cases) t.match(found(change), { [answers]: [new RegExp(text)] })
  const silent = outcome({ status: undefined, broken: 'no answer within 5000 ms' })
  t.match(
    found((history) => {
      silent(history)
      history.away.push(replicaAway)
    }),
    { [answers]: [/no answer/] },
    'being killed does not excuse silence',
  )
  t.end()
})

t.test('a 502 while Redis is down and a connection lost with its replica are no breach', (t) => {
  const excused: [History['away'][number], (history: Story) => void][] = [
    [redisAway, outcome(badGateway(stackOneError))],
    [replicaAway, outcome({ status: undefined, broken: 'ECONNRESET' })],
    [{ ...replicaAway, how: 'hang', until: 2_500 }, outcome({ ...badGateway(stackOneError), end: 3_100 })],
    [{ ...replicaAway, how: 'hang' }, outcome({ status: undefined, broken: 'no answer within 5000 ms' })],
  ]
  for (const [away, change] of excused) {
    const breaches = found((history) => {
      change(history)
      history.away.push(away)
    })
    t.strictSame(breaches, {})
  }
  t.end()
})

t.test('the chaos checks report lost, duplicated, changed and invented orders', (t) => {
  const orders = (change: (orders: Record<string, string>[]) => void) => (history: Story) => {
    change(history.final.snapshots[0]?.orders ?? [])
  }
  const cases: [string, (history: Story) => void][] = [
    ['is not kept', orders((all) => all.pop())],
    ['is kept 2 times', orders((all) => all.push({ ...all[0] }))],
    ['is kept as remote-2', orders(([first]) => Object.assign(first ?? {}, { remoteId: 'remote-2' }))],
    ['is kept as remote-1 other', orders(([first]) => Object.assign(first ?? {}, { token: 'other' }))],
    ['nobody ordered it', orders((all) => all.push({ ...all[0], id: 'order-2' }))],
    ['answered in 2 ways', outcome({ text: JSON.stringify({ ...order, remote_id: 'remote-2' }) })],
    ['gets 404', ({ final }) => final.pages.push({ testUrl: 'x', replica: 0, status: 404 })],
  ]
  for (const [text, change] of cases) t.match(found(change), { [kept]: [new RegExp(text)] })
  t.end()
})

t.test('the chaos checks report missing events, duplicate events and outdated results', (t) => {
  const without = (fits: (arrival: Arrival) => boolean) => (history: Story) => {
    history.arrivals = history.arrivals.filter((each) => !fits(each))
  }
  const cases: [string, (history: Story) => void][] = [
    ['0 deliveries of the created event', without(({ event }) => event.endsWith('.created'))],
    ['"first" was answered with 200, but callback never sent it', without(({ number }) => number === 2)],
    [
      '"second" was answered with 200, but ats_assessments.updated never sent it',
      without(({ number }) => number === 5),
    ],
    [
      '2 deliveries of the created event',
      ({ arrivals }) => arrivals.push(arrival({ ...updated, event: 'ats_assessments.created', number: 6, at: 90 })),
    ],
    [
      'finishes automatically, never sent',
      (history) => {
        for (const call of history.calls) call.isMagic = true
        without(({ event }) => event === 'callback')(history)
      },
    ],
    [
      'the result is "first" after "second"',
      ({ calls }) =>
        calls.push({ ...asked, what: 'read', expected: ['second'], outcome: ok(90, { data: { summary: 'first' } }) }),
    ],
    [
      'the current result is "first"',
      ({ final }) => Object.assign(final.snapshots[0]?.orders[0] as object, { result: '{"summary":"first"}' }),
    ],
  ]
  for (const [text, change] of cases) {
    const breaches = found(change)[told] ?? []
    t.ok(
      breaches.some((breach) => breach.includes(text)),
      text,
      { breaches },
    )
  }
  t.end()
})

t.test('the chaos checks report deliveries that overtake others, repeat needlessly or change', (t) => {
  const cases: [string, (history: Story) => void][] = [
    ['order-1 /callback 4 arrived at 53, before order-1 /callback 2 had ended', (history) => (at(history, 4).at = 53)],
    [
      'refused at 51, unheard at Infinity',
      (history) => Object.assign(at(history, 2), { answer: 'unheard', answeredAt: Infinity }),
    ],
    [
      'arrived 1 more times',
      ({ arrivals }) => arrivals.push(arrival({ number: 2, marker: 'first', at: 90, answeredAt: 91 })),
    ],
    ['arrived with different bytes', (history) => (at(history, 1).digest = 'b')],
    ['order-1 /callback 2 arrived at 55 while it was already being sent', (history) => (at(history, 1).endedAt = 56)],
  ]
  for (const [text, change] of cases) t.match((found(change)[inOrder] ?? []).join('\n'), text)
  t.end()
})

t.test('a repeat after an outage and the delivery after a permanently failed one are no breach', (t) => {
  const repeated = found((history) => {
    history.arrivals.push(arrival({ number: 2, marker: 'first', at: 5_000, answeredAt: 5_001 }))
    history.away.push({ who: 2, how: 'kill', from: 100, until: 1_000 })
  })
  t.strictSame(repeated, {})

  const failed = found((history) => {
    const [first, second] = [at(history, 1), at(history, 2)]
    second.answer = 'refused'
    const further = [52, 53, 54].map((at) => ({ ...first, at, answeredAt: at, endedAt: at }))
    history.arrivals.splice(2, 0, ...further)
    Object.assign(history.final.snapshots[0]?.deliveries[1] as object, { status: 'failed', attempts: [1, 2, 3, 4, 5] })
  })
  t.strictSame(failed, {})
  t.end()
})

t.test('a hung replica may still be sending a delivery that another took over', (t) => {
  const hung = found((history) => {
    at(history, 1).endedAt = 56
    history.away.push({ who: 0, how: 'hang', from: 52, until: 60 })
  })
  t.strictSame(hung, {})
  t.end()
})

t.test('a run that puts no promise to the test fails', (t) => {
  const missing = found((history) => {
    history.calls = history.calls.filter(({ what }) => what === 'read')
    history.arrivals = []
    history.plan.push({ at: 0, forMs: 1, how: 'kill', who: 'redis' })
  })[enough]
  t.strictSame(missing, [
    'no order was answered with 200',
    'no result was answered with 200',
    'no delivery was taken',
    'no delivery was refused',
    '0 of 1 planned failures happened',
  ])
  t.end()
})

t.test('the chaos checks report a list of deliveries that contradicts what arrived', (t) => {
  const listed = (change: (deliveries: Record<string, unknown>[]) => void) => (history: Story) => {
    change(history.final.snapshots[0]?.deliveries ?? [])
  }
  const cases: [string, (history: Story) => void][] = [
    ['3 deliveries are still pending', ({ final }) => (final.pending = 3)],
    [
      'order-1 results_callback 2 is pending',
      listed(([, second]) => Object.assign(second ?? {}, { status: 'pending' })),
    ],
    ['2 failed, but was accepted', listed(([, second]) => Object.assign(second ?? {}, { status: 'failed' }))],
    ['numbered 1, 2, 3, 5', listed((all) => all.splice(3, 1))],
    ['remote-1.4 was accepted, but is not listed', listed((all) => all.splice(3, 1))],
    ['is delivered, but was never accepted', (history) => (at(history, 0).answer = 'refused')],
    [
      'failed after 1 attempts',
      (history) => {
        listed(([first]) => Object.assign(first ?? {}, { status: 'failed' }))(history)
        at(history, 0).answer = 'refused'
      },
    ],
  ]
  for (const [text, change] of cases) t.match((found(change)[books] ?? []).join('\n'), text)
  const dropped = found((history) => {
    listed((all) => all.splice(3, 1))(history)
    history.final.dropped = 1
  })
  t.notOk(dropped[books])
  t.end()
})
