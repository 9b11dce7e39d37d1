import type { Test } from 'tap'
import type { Clock } from '../../src/clock'
import { until } from './until'

/** Noon of a day, as the option `clock` and in milliseconds since 1970. */
export const noon = '2026-01-31T12:00:00.000Z'
export const noonInstant = Date.parse(noon)

export const day = 24 * 3_600_000

/** Plans actions on `clock`, and lists which it called, each with the time on the clock in milliseconds since noon. */
export function callsOf(clock: Clock) {
  const called: [name: string, ms: number][] = []
  /** Adds `name` to the list `ms` milliseconds after noon, and then runs `more`. */
  const plan = (name: string, ms: number, more?: () => unknown) =>
    clock.at(noonInstant + ms, () => {
      called.push([name, clock.now() - noonInstant])
      return more?.()
    })
  return { called, plan }
}

/** Resolves once a few milliseconds of real time have passed. */
export async function realTimePasses() {
  const before = Date.now()
  await until(async () => Date.now() > before + 2)
}

/** Collects uncaught exceptions until the end of `t`. */
export function uncaughtIn(t: Test): unknown[] {
  const uncaught: unknown[] = []
  const note = (error: unknown) => uncaught.push(error)
  process.on('uncaughtException', note)
  t.teardown(() => process.off('uncaughtException', note))
  return uncaught
}
