import { mock } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import t, { type Test } from 'tap'
import { breathe, breatheInTime } from '../../src/breathe'
import { createClock, type LocalClock } from '../../src/clock'
import { isoTime } from '../../src/date-time'
import { afterRealTime } from '../../src/real-time'
import { callsOf, day, noonInstant as noon, uncaughtIn } from '../support/clock-calls'

/** Limits `promise` to ten seconds. The timer keeps the process alive, which a clock does not. */
async function inTime<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error('it took more than ten seconds'))
    }, 10_000)
  })
  return Promise.race([promise, tooLate]).finally(() => {
    clearTimeout(timer)
  })
}

/** Resolves when `clock` reaches `instant`. */
const reached = (clock: LocalClock, instant: number) =>
  inTime(
    new Promise<void>((resolve) => {
      clock.at(instant, resolve)
    }),
  )

/** Long enough for a timer that was set by mistake to fire. */
const aWhile = () => reached(createClock(null), Date.now() + 30)

/** A clock frozen at noon, and the actions it ran, each with its milliseconds since noon. */
function atNoon() {
  const clock = createClock(noon)
  return { clock, ...callsOf(clock) }
}

t.test('a cancelled action never runs, and cancelling is idempotent', async (t) => {
  const { clock, called, plan } = atNoon()
  const callOff = plan('called off', 10)
  plan('kept', 10)
  plan('first', 5, () => {
    callOffLater()
  })
  const callOffLater = plan('called off by the first', 7)
  const callOffFirst = plan('second', 6)
  callOff()
  callOff()
  await clock.advance(10)
  t.strictSame(called, [
    ['first', 5],
    ['second', 6],
    ['kept', 10],
  ])
  callOffFirst()
  plan('third', 20)
  await clock.advance(10)
  t.strictSame(called.at(-1), ['third', 20])
})

t.test('a running clock continues when its next action is cancelled', async (t) => {
  const clock = createClock(null)
  const start = clock.now()
  const called: string[] = []
  const callOff = clock.at(start + 2, () => called.push('called off'))
  clock.at(start + 2, () => called.push('kept'))
  const callOffLast = clock.at(start + 3, () => called.push('called off too'))
  callOff()
  callOffLast()
  await reached(clock, start + 5)
  t.strictSame(called, ['kept'])
})

t.test('pending timers do not keep the process alive', (t) => {
  const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length
  const before = timers()
  const callOff = createClock(null).at(Date.now() + day, () => undefined)
  const callOffReal = afterRealTime(day, () => undefined)
  t.equal(timers(), before)
  callOff()
  callOffReal()
  t.end()
})

t.test('a frozen clock stands still and runs no actions, not even due ones', async (t) => {
  const { clock, called, plan } = atNoon()
  plan('overdue', -1)
  plan('due', 0)
  plan('soon', 1)
  await aWhile()
  t.strictSame(called, [])
  t.equal(clock.now(), noon)
  t.ok(clock.isFrozen)
})

t.test('overdue actions run at the next move, without changing the time', async (t) => {
  const { clock, called, plan } = atNoon()
  plan('long ago', -day)
  plan('a second ago', -1_000)
  await clock.advance(0)
  t.strictSame(called, [
    ['long ago', 0],
    ['a second ago', 0],
  ])
})

t.test('a resumed clock continues from where it stood and runs what becomes due', async (t) => {
  const { clock, called, plan } = atNoon()
  plan('overdue', -1)
  plan('soon', 5)
  plan('never', day)
  const before = Date.now()
  clock.resume()
  t.strictSame(called, [], 'not synchronously')
  t.notOk(clock.isFrozen)
  await reached(clock, noon + 6)
  t.strictSame(
    called.map(([name]) => name),
    ['overdue', 'soon'],
  )
  t.ok(clock.now() - noon <= Date.now() - before, 'it moves no faster than real time')

  clock.resume()
  t.ok(clock.now() - noon <= Date.now() - before, 'resuming again changes nothing')
})

t.test('freezing a running clock stops it where it is', async (t) => {
  const clock = createClock(null)
  const called: string[] = []
  clock.at(clock.now() + 1, () => called.push('soon'))
  clock.freeze()
  const stands = clock.now()
  await aWhile()
  t.equal(clock.now(), stands)
  t.strictSame(called, [])
  clock.freeze()
  t.equal(clock.now(), stands, 'freezing again changes nothing')

  const before = Date.now()
  clock.resume()
  t.ok(clock.now() - stands <= Date.now() - before, 'it does not catch up')
  await reached(clock, stands + 2)
  t.strictSame(called, ['soon'])
})

t.test('an action that freezes a running clock also stops later actions that are due', async (t) => {
  const clock = createClock(null)
  const called: string[] = []
  const frozen = inTime(
    new Promise<void>((resolve) => {
      clock.at(0, () => {
        clock.freeze()
        resolve()
      })
    }),
  )
  clock.at(1, () => called.push('behind'))
  await frozen
  await aWhile()
  t.strictSame(called, [])
  clock.resume()
  await reached(clock, 2)
  t.strictSame(called, ['behind'])
})

t.test('actions that reschedule themselves for now do not starve the event loop', async (t) => {
  const clock = createClock(null)
  let rounds = 0
  const again = () => {
    rounds++
    if (rounds < 1_000_000) clock.at(clock.now(), again)
  }
  again()
  again()
  await inTime(new Promise((resolve) => setTimeout(resolve, 5)))
  t.ok(rounds < 1_000_000)
  clock.freeze()
})

/** Starts to advance `clock` by a day; resolves while the move waits for work, which `finish` ends. */
async function beginMove(clock: LocalClock) {
  let finish: () => void = () => undefined
  const work = new Promise<void>((resolve) => (finish = resolve))
  const asked = new Promise<void>((resolve) => {
    clock.awaitBeforeMoving(() => {
      resolve()
      return work
    })
  })
  const moved = clock.advance(day)
  await asked
  return {
    finish() {
      finish()
      return inTime(moved)
    },
  }
}

t.test('a running clock stands still during a move, but is not frozen', async (t) => {
  const clock = createClock(null)
  const move = await beginMove(clock)
  const stands = clock.now()
  const called: string[] = []
  clock.at(stands, () => called.push('due'))
  await aWhile()
  t.equal(clock.now(), stands)
  t.strictSame(called, [], 'due actions wait for the move')
  t.notOk(clock.isFrozen)
  await move.finish()
  t.strictSame(called, ['due'])
})

t.test('a clock resumed during a move stands still until the end of the move', async (t) => {
  const { clock, called, plan } = atNoon()
  const move = await beginMove(clock)
  clock.resume()
  t.notOk(clock.isFrozen)
  plan('due', 0)
  await aWhile()
  t.equal(clock.now(), noon)
  t.strictSame(called, [])
  await move.finish()
  t.strictSame(called, [['due', 0]])
  await reached(clock, noon + day + 3)
})

t.test('a move started by an action follows the current move', async (t) => {
  const { clock, called, plan } = atNoon()
  let second: Promise<void> | undefined
  plan('moves', 10, () => {
    second = clock.advance(1_000)
  })
  plan('in the first', 20)
  plan('in the second', 600)
  await clock.advance(100)
  t.strictSame(called, [
    ['moves', 10],
    ['in the first', 20],
  ])
  await second
  t.strictSame(called.at(-1), ['in the second', 600])
  t.equal(clock.now(), noon + 1_100)
})

t.test('a move waits for pending work before each step and at its end', async (t) => {
  const { clock, called, plan } = atNoon()
  const asked: number[] = []
  clock.awaitBeforeMoving(async () => {
    asked.push(clock.now() - noon)
    // Work that finishes now may add an action that is due next.
    await new Promise(setImmediate)
    if (asked.length === 2) plan('added by the work', 15)
  })
  plan('a', 10)
  plan('b', 20)
  await clock.advance(50)
  t.strictSame(asked, [0, 10, 15, 20])
  t.strictSame(called, [
    ['a', 10],
    ['added by the work', 15],
    ['b', 20],
  ])
})

/** Stops all timers, so that waiting for failed work would never end. */
function noTimePasses(t: Test) {
  mock.timers.enable({ apis: ['setTimeout'] })
  t.teardown(() => {
    mock.timers.reset()
  })
}

t.test('a move waits for all work, even if some of it fails', async (t) => {
  const { clock } = atNoon()
  const uncaught = uncaughtIn(t)
  const done: string[] = []
  clock.awaitBeforeMoving(() => Promise.reject(new Error('rejected')))
  clock.awaitBeforeMoving(() => {
    throw new Error('thrown')
  })
  clock.awaitBeforeMoving(async () => {
    await new Promise(setImmediate)
    done.push('slow')
  })
  noTimePasses(t)
  await clock.advance(10)
  t.strictSame(done, ['slow'])
  t.equal(clock.now(), noon + 10)
  await new Promise(setImmediate)
  t.strictSame(uncaught, [])
})

t.test('a move waits at most a second for work that does not end', async (t) => {
  const { clock, called, plan } = atNoon()
  let isUnderWay = true
  clock.awaitBeforeMoving(() => (isUnderWay ? new Promise<never>(() => undefined) : Promise.resolve()))
  // Like a delivery whose receiver does not answer.
  plan('breaks it off', 15_000, () => (isUnderWay = false))
  const before = performance.now()
  await inTime(clock.advance(60_000))
  const waited = performance.now() - before
  t.ok(waited > 900, String(waited))
  t.strictSame(called, [['breaks it off', 15_000]])
  t.equal(clock.now(), noon + 60_000)
})

t.test('an action that throws on a running clock does not block others', async (t) => {
  const clock = createClock(null)
  const uncaught = uncaughtIn(t)
  const defect = new Error('thrown by an action')
  const called: string[] = []
  clock.at(0, () => {
    throw defect
  })
  clock.at(0, () => called.push('with it'))
  await reached(clock, clock.now() + 3)
  t.strictSame(called, ['with it'])
  t.strictSame(uncaught, [defect], 'but the error is reported')
})

t.test('reset returns a frozen clock to its start and keeps pending actions', async (t) => {
  const { clock, called, plan } = atNoon()
  plan('tomorrow', day)
  await clock.advance(1_000)
  clock.resume()
  clock.reset()
  t.equal(clock.now(), noon)
  t.ok(clock.isFrozen)
  await clock.advance(day - 1)
  t.strictSame(called, [])
  await clock.advance(1)
  t.strictSame(called, [['tomorrow', day]])
})

t.test('reset returns a clock that was running at start to real time', async (t) => {
  const clock = createClock(null)
  await clock.advance(day)
  clock.freeze()
  clock.reset()
  t.notOk(clock.isFrozen)
  t.ok(Math.abs(clock.now() - Date.now()) < 1_000)
  await reached(clock, clock.now() + 3)
})

t.test('reset aborts the current move and those queued behind it', async (t) => {
  for (const start of [noon, null]) {
    const clock = createClock(start)
    const called: string[] = []
    clock.at(clock.now() + 1_000, () => {
      called.push('resets')
      clock.reset()
    })
    clock.at(clock.now() + 2_000, () => called.push('not reached'))
    await Promise.all([clock.advance(day), clock.advance(day), clock.set(noon + 3 * day)])
    t.strictSame(called, ['resets'])
    t.equal(clock.isFrozen, start !== null)
    t.ok(Math.abs(clock.now() - (start ?? Date.now())) < 500)
    await clock.advance(day)
    t.strictSame(called, ['resets', 'not reached'], 'the next move works')
    clock.freeze()
  }
})

t.test('an action due in more than 24.8 days, the limit of timers, does not run immediately', async (t) => {
  const warnings: Error[] = []
  const note = (warning: Error) => warnings.push(warning)
  process.on('warning', note)
  t.teardown(() => process.off('warning', note))
  const clock = createClock(null)
  const called: string[] = []
  clock.at(clock.now() + 2 ** 31, () => called.push('in 24.9 days'))
  await aWhile()
  t.strictSame(called, [])
  t.strictSame(
    warnings.filter(({ name }) => name === 'TimeoutOverflowWarning'),
    [],
  )
  await clock.advance(2 ** 31)
  t.strictSame(called, ['in 24.9 days'])
})

t.test('an action due in sixty days runs on time, although no timer waits that long', (t) => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'] })
  t.teardown(() => {
    mock.timers.reset()
  })
  const clock = createClock(null)
  const called: number[] = []
  clock.at(60 * day, () => called.push(clock.now()))
  for (let days = 0; days < 59; days++) mock.timers.tick(day)
  t.strictSame(called, [])
  mock.timers.tick(day)
  t.strictSame(called, [60 * day])
  t.end()
})

t.test('ten thousand actions run in order, without the cancelled ones', async (t) => {
  const { clock } = atNoon()
  const called: number[] = []
  const entries = Array.from({ length: 10_000 }, (_, i) => {
    const instant = noon + ((i * 7_919) % 1_000)
    return { i, instant, callOff: clock.at(instant, () => called.push(i)) }
  })
  const isKept = ({ i }: { i: number }) => i % 7 === 0 || i % 3 === 0
  for (const entry of entries) if (!isKept(entry)) entry.callOff()
  await clock.advance(1_000)
  const expected = entries.filter(isKept).sort((a, b) => a.instant - b.instant || a.i - b.i)
  t.strictSame(
    called,
    expected.map(({ i }) => i),
  )
  t.ok(called.length > 4_000)
})

t.test('cancelled actions are released, even by a frozen clock', (t) => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const used = () => {
    collect()
    return process.memoryUsage().heapUsed
  }
  const clock = createClock(noon)
  clock.at(noon, () => undefined)
  const before = used()
  for (let i = 0; i < 500_000; i++) clock.at(noon + i, () => undefined)()
  const grown = (used() - before) / 1024 / 1024
  t.ok(grown < 10, `the heap grew by ${String(grown)} MiB`)
  // Uses the clock, or it could have been collected with everything in it.
  t.equal(clock.now(), noon)
  t.end()
})

t.test('afterRealTime runs an action after real time, whatever the clock says, unless it is cancelled', async (t) => {
  const called: string[] = []
  const before = performance.now()
  const callOff = afterRealTime(1, () => called.push('called off'))
  callOff()
  await inTime(
    new Promise<void>((resolve) => {
      afterRealTime(10, resolve)
    }),
  )
  t.ok(performance.now() - before >= 9)
  t.strictSame(called, [])
})

t.test('times are written as ISO 8601 in UTC', (t) => {
  t.equal(isoTime(noon), '2026-01-31T12:00:00.000Z')
  t.end()
})

t.test('long tasks that breathe take turns, with other work in between', async (t) => {
  const order: string[] = []
  const work = async (name: string) => {
    await breathe()
    order.push(name)
  }
  const all = Promise.all([work('first'), work('second'), work('third')])
  const other = async () => {
    for (let i = 0; i < 2; i++) {
      await new Promise((resolve) => setImmediate(resolve))
      order.push('another')
    }
  }
  await Promise.all([all, other()])
  t.strictSame(order, ['first', 'another', 'second', 'another', 'third'])
})

t.test('breatheInTime yields after long work', async (t) => {
  await breathe()
  let turns = 0
  setImmediate(() => turns++)
  busy(15)
  await breatheInTime()
  t.equal(turns, 1)
})

t.test('many actions due at once do not starve other work', async (t) => {
  const clock = createClock(null)
  const order: string[] = []
  await inTime(
    new Promise<void>((resolve) => {
      for (const name of ['first', 'second', 'third'])
        clock.at(clock.now(), () => {
          order.push(name)
          setImmediate(() => order.push(`after ${name}`))
          if (name === 'third') resolve()
          else busy(15)
        })
    }),
  )
  t.strictSame(order, ['first', 'after first', 'second', 'after second', 'third'])
})

/** Blocks the event loop for `ms` milliseconds. */
function busy(ms: number) {
  const end = performance.now() + ms
  while (performance.now() < end);
}
