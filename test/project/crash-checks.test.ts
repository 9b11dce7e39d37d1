import t from 'tap'
import { foundIn } from '../../scripts/crash/found'
import { compare, currentEra, type Found, goOnFrom, type History, newHistory } from '../../scripts/crash/history'

/** Two orders of before a reset, and two of after; times in seconds. */
function story(): History {
  const history = newHistory('acme')
  const placed = (answeredAt: number) => ({ answeredAt, summary: null, deliveries: 1 })
  currentEra(history).orders.set('old-1', [placed(1)])
  currentEra(history).orders.set('old-2', [placed(2)])
  history.eras.push({ answeredAt: 3, orders: new Map() })
  const reported = { answeredAt: 6, summary: 'fine', deliveries: 2 }
  currentEra(history).orders.set('new-1', [placed(4), reported])
  currentEra(history).orders.set('new-2', [placed(Infinity)])
  return history
}

const fresh = (key: string): Found => ({ key, summary: null, deliveries: 1 })
const reported: Found = { key: 'new-1', summary: 'fine', deliveries: 2 }
const breachesOf = (found: Found[], cutoff: number) => compare(story(), found, { cutoff, until: 9 }).breaches

t.test('the crash checks accept whatever a kill may cost, and nothing else', (t) => {
  const cases: [string, number, Found[], string[]][] = [
    ['everything is there', 9, [reported], []],
    ['a call without an answer was carried out', 9, [reported, fresh('new-2')], []],
    ['a recent report is missing', 5, [fresh('new-1')], []],
    ['a recent order is missing', 3.5, [], []],
    ['a recent reset is missing', 2.5, [fresh('old-1'), fresh('old-2')], []],
    ['an old report is missing', 9, [fresh('new-1')], ['is as it was before fine was answered']],
    ['an old order is missing', 5, [], ['new-1 was answered, but is not there']],
    ['an old reset is missing', 3.5, [fresh('old-1'), fresh('old-2')], ['old-1 is of another time', 'old-2']],
    ['half of the orders are gone', 2.5, [fresh('old-1')], ['old-2 was answered, but is not there']],
    ['a reset is half there', 2.5, [fresh('old-1'), fresh('old-2'), fresh('new-1')], ['new-1 is of another time']],
    ['a delivery is missing', 9, [{ ...reported, deliveries: 1 }], ['fine and 1 deliveries never was so']],
    ['a result is made up', 9, [{ ...reported, summary: 'x' }], ['x and 2 deliveries never was so']],
    ['an order is made up', 9, [reported, fresh('new-3')], ['new-3 is of another time']],
  ]
  for (const [title, cutoff, found, expected] of cases) {
    const breaches = breachesOf(found, cutoff)
    t.equal(breaches.length, expected.length, title)
    for (const [i, text] of expected.entries()) t.match(breaches[i], text, title)
  }
  t.end()
})

t.test('the crash checks tell how far the oldest missing answer lies behind', (t) => {
  const lossOf = (found: Found[], cutoff: number) => compare(story(), found, { cutoff, until: 9 }).loss
  t.equal(lossOf([reported], 9), 0)
  t.equal(lossOf([fresh('new-1')], 5), 3)
  t.equal(lossOf([], 3.5), 5)
  t.equal(lossOf([fresh('old-1'), fresh('old-2')], 2.5), 6)
  t.end()
})

t.test('after a restart, the crash checks go on from what is there', (t) => {
  const history = story()
  goOnFrom(history, [fresh('new-1')])
  const breachesOf = (found: Found[]) => compare(history, found, { cutoff: 0, until: 0 }).breaches
  t.strictSame(breachesOf([fresh('new-1')]), [])
  t.match(breachesOf([]), ['new-1 was answered, but is not there'])
  t.match(breachesOf([reported]), [/never was so/])
  t.end()
})

t.test('the crash checks find orders by their keys, with their results and deliveries', (t) => {
  const order = (remoteId: string, key: string, result: string | null) => ({
    accountId: 'acme',
    remoteId,
    request: JSON.stringify({ passthrough: { key } }),
    result,
  })
  const orders = [order('a', 'key-1', null), order('b', 'key-2', '{"summary":"fine"}')]
  const deliveries = [{ remoteId: 'b' }, { remoteId: 'b' }]
  const found = foundIn(JSON.stringify({ orders, deliveries })).get('acme')
  t.strictSame(found, [
    { key: 'key-1', summary: null, deliveries: 0 },
    { key: 'key-2', summary: 'fine', deliveries: 2 },
  ])
  t.end()
})
