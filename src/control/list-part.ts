import { type ListOptions, usualLimit } from '../../schemas/control/shared'
import { errors } from '../errors'

/** A part of a list, and what it leaves out. */
export interface ListPart<T> {
  items: T[]
  /** How many fit in all. */
  total: number
  /** What to ask for the rest with; null when there is none. */
  next: string | null
}

/**
 * What `options` asks for of those in `all` that fit, newest first. `next` is the key of the last one that was listed: what
 * comes meanwhile shifts nothing, and one that has changed since still marks its place. Throws `invalidCursor` when
 * none has that key.
 */
export function listPart<T>(
  all: readonly T[],
  fits: (item: T) => boolean,
  { limit = usualLimit, next }: ListOptions,
  keyOf: (item: T) => string,
): ListPart<T> {
  const start = next === undefined ? 0 : all.findIndex((item) => keyOf(item) === next) + 1
  if (next !== undefined && start === 0) throw errors.invalidCursor()
  const rest = all.slice(start).filter(fits)
  const items = rest.slice(0, limit)
  const last = items.at(-1)
  return {
    items,
    total: all.slice(0, start).filter(fits).length + rest.length,
    next: last !== undefined && rest.length > limit ? keyOf(last) : null,
  }
}
