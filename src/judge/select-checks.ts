import { nearestName } from '../validation/nearest-name'
import type { Check } from './check'

/** Which checks to run: by id, or by the group that an id begins with. */
export interface Selection {
  /** Run no others. */
  only?: readonly string[] | undefined
  /** Don't run these. */
  skip?: readonly string[] | undefined
}

const matches = (name: string, { id }: { id: string }) => id === name || id.startsWith(`${name}-`)

/** The checks to run, in their order, each with whether it is left out. Throws a TypeError about a name that none has. */
export function selectChecks<C>(
  checks: readonly Check<C>[],
  { only = [], skip = [] }: Selection,
): { check: Check<C>; isLeftOut: boolean }[] {
  for (const name of [...only, ...skip]) {
    if (checks.some((check) => matches(name, check))) continue
    const groups = checks.map(({ id }) => String(id.split('-', 1)[0]))
    const near = nearestName(name, [...checks.map(({ id }) => id), ...groups])
    throw new TypeError(`There is no check called ${name}: did you mean ${String(near?.name)}? --list shows all.`)
  }
  return checks
    .filter((check) => only.length === 0 || only.some((name) => matches(name, check)))
    .map((check) => ({ check, isLeftOut: skip.some((name) => matches(name, check)) }))
}
