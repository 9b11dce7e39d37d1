import { type ControlledClock, createClock, mostLongWaits, type Standing } from '../../clock'
import { endOfTime } from '../../date-time'
import { randomIds } from '../../ids'
import { afterRealTime, realNow } from '../../real-time'
import type { Link } from './connection'
import { type Agenda, untilIdle } from './due'
import { k } from './keys'
import { script } from './script'
import type { SharedSettings } from './shared-settings'

/** ARGV: the clock before and after, and the number of resets if it must be unchanged, else ''. */
const put = script(
  'sandboxPutClock',
  `if call('get', ${k.clock}) ~= ARGV[1] then return 0 end
if ARGV[3] ~= '' and (call('get', ${k.resets}) or '0') ~= ARGV[3] then return 0 end
call('set', ${k.clock}, ARGV[2])
changed()
return 1`,
)

const unlock = script('sandboxUnlock', `if call('get', ${k.moving}) == ARGV[1] then call('del', ${k.moving}) end`)

/** Milliseconds of real time after which a move that takes no step counts as dead, and another one may begin. */
const longestStep = 10_000

/**
 * A clock that all processes share. Each follows it locally, so that reading it costs nothing. One process moves it at
 * a time; a move is aborted by a reset, and when another process took it for dead and began its own.
 */
export function redisClock(link: Link, settings: SharedSettings, agenda: () => Agenda): ControlledClock {
  const local = createClock(settings.current().clock.frozen)
  let followed = ''
  settings.onChange(({ clock }) => {
    const before = followed
    followed = JSON.stringify(clock)
    if (followed === before) return
    local.follow(clock)
    // What is due now was not at the last check.
    if (before !== '')
      void agenda()
        .runDue()
        .catch(() => undefined)
  })

  /** Changes the clock; returns false when it was changed meanwhile. */
  async function change(before: Standing, after: Standing, resets = '') {
    const done = await link.run(put, JSON.stringify(before), JSON.stringify(after), resets)
    await settings.reload()
    return done === 1
  }

  async function changed(make: (before: Standing) => Standing) {
    for (;;) {
      const { clock } = await settings.reload()
      if (await change(clock, make(clock))) return
    }
  }

  const at = ({ frozen }: Standing, instant: number): Standing =>
    frozen === null ? { frozen, ahead: instant - realNow() } : { frozen: instant, ahead: 0 }

  /** Resolves when nothing is under way except what `hangs`, or after a second; returns whether it took that long. */
  async function settled(hangs: Set<string>): Promise<boolean> {
    return (await Promise.all([untilIdle(agenda(), hangs), local.settle()])).includes(true)
  }

  async function moved(target: (now: number) => number) {
    const mine = randomIds.token()
    const resets = (await link.command('get', link.key('resets'))) as string | null
    const key = link.key('moving')
    while ((await link.command('set', key, mine, 'nx', 'px', longestStep)) === null) {
      await new Promise<void>((resolve) => afterRealTime(20, resolve))
    }
    try {
      const hangs = new Set<string>()
      await settings.reload()
      const goal = Math.min(target(local.now()), endOfTime)
      let longWaits = Number(await settled(hangs))
      for (;;) {
        const { clock } = settings.current()
        // Runs actions of this process that were scheduled for an instant already past.
        local.follow(clock)
        const next = Math.min((await agenda().first()) ?? Infinity, local.nextAt() ?? Infinity)
        const isLast = next > goal
        if (await change(clock, at(clock, isLast ? goal : Math.max(next, local.now())), resets ?? '0')) {
          if (isLast) return
          await link.command('pexpire', key, longestStep)
          await agenda().runDue()
          if (longWaits < mostLongWaits) longWaits += Number(await settled(hangs))
        } else {
          // A clock that was frozen or resumed meanwhile is still moved to the end.
          const found = await link.command('mget', link.key('resets'), key)
          if (String(found) !== String([resets, mine])) return
        }
      }
    } finally {
      // If Redis is away, the lock expires by itself.
      link.run(unlock, mine).catch(() => undefined)
    }
  }

  return {
    now: () => local.now(),
    at: (instant, action) => local.at(instant, action),
    get isFrozen() {
      return local.isFrozen
    },
    async read() {
      await settings.reload()
      return { now: local.now(), isFrozen: local.isFrozen }
    },
    freeze: () => changed(() => ({ frozen: local.now(), ahead: 0 })),
    resume: () =>
      changed(({ frozen, ahead }) => ({ frozen: null, ahead: frozen === null ? ahead : frozen - realNow() })),
    set: (instant) => moved(() => instant),
    advance: (ms) => moved((now) => now + ms),
  }
}
