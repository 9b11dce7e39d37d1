import t from 'tap'
import { breachesOf, type Found, goOnFrom, type History, lossOf, newHistory } from '../../scripts/crash/history'

/** Two orders of before a reset, and two of after; times in seconds. */
function story(): History {
  const history = newHistory('acme')
  const placed = (answeredAt: number) => ({ answeredAt, summary: null, deliveries: 1 })
  history.orders.set('old-1', { era: 0, versions: [placed(1)] })
  history.orders.set('old-2', { era: 0, versions: [placed(2)] })
  history.resets.push(3)
  const reported = { answeredAt: 6, summary: 'fine', deliveries: 2 }
  history.orders.set('new-1', { era: 1, versions: [placed(4), reported] })
  history.orders.set('new-2', { era: 1, versions: [placed(Infinity)] })
  return history
}

const fresh = (id: string): Found => ({ id, summary: null, deliveries: 1 })
const reported: Found = { id: 'new-1', summary: 'fine', deliveries: 2 }

t.test('the crash checks accept whatever a kill may cost, and nothing else', (t) => {
  const cases: [string, number, Found[], string[]][] = [
    ['everything is there', 9, [reported], []],
    ['a call without an answer was carried out', 9, [reported, fresh('new-2')], []],
    ['a recent report is missing', 5, [fresh('new-1')], []],
    ['a recent order is missing', 3.5, [], []],
    ['a recent reset is missing', 2.5, [fresh('old-1'), fresh('old-2')], []],
    ['an old report is missing', 9, [fresh('new-1')], ['is as it was before fine was answered']],
    ['an old order is missing', 5, [], ['new-1 was answered, but is not there']],
    ['an old reset is missing', 3.5, [fresh('old-1'), fresh('old-2')], ['reset 1 was answered']],
    ['half of the orders are gone', 2.5, [fresh('old-1')], ['old-2 was answered, but is not there']],
    ['a reset is half there', 2.5, [fresh('old-1'), fresh('new-1')], ['orders of before and after a reset: 0 and 1']],
    ['a delivery is missing', 9, [{ ...reported, deliveries: 1 }], ['fine and 1 deliveries never was so']],
    ['a result is made up', 9, [{ ...reported, summary: 'x' }], ['x and 2 deliveries never was so']],
    ['an order is made up', 9, [fresh('new-3')], ['nobody ordered new-3']],
  ]
  for (const [title, cutoff, found, expected] of cases) {
    const breaches = breachesOf(story(), found, cutoff)
    t.equal(breaches.length, expected.length, title)
    for (const [i, text] of expected.entries()) t.match(breaches[i], text, title)
  }
  t.end()
})

t.test('the crash checks tell how far the oldest missing answer lies behind', (t) => {
  t.equal(lossOf(story(), [reported], 9), 0)
  t.equal(lossOf(story(), [fresh('new-1')], 9), 3)
  t.equal(lossOf(story(), [], 9), 5)
  t.equal(lossOf(story(), [fresh('old-1'), fresh('old-2')], 9), 5)
  t.end()
})

t.test('after a restart, the crash checks go on from what is there', (t) => {
  const history = story()
  goOnFrom(history, [fresh('new-1')])
  t.strictSame(breachesOf(history, [fresh('new-1')], 0), [])
  t.match(breachesOf(history, [], 0), ['new-1 was answered, but is not there'])
  t.match(breachesOf(history, [reported], 0), [/never was so/])
  t.end()
})
