import { errors } from '../errors'

/** Values that a filter may have: each request is compared with each of them. */
const mostValues = 1_000
/** The same for all that `allow` lists. */
const mostAllowed = 10_000
/** Levels that a filter may have. */
const mostLevels = 50

/** Throws `invalidBody` for a filter that it would take too long to compare requests with. */
export const requireSmallFilter = (filter: unknown): void => {
  requireSmall(filter, 'body/filter', mostValues)
}

/** As `requireSmallFilter`, for what may be refused or warned of. */
export const requireSmallAllow = (allow: unknown): void => {
  requireSmall(allow, 'body/allow', mostAllowed)
}

function requireSmall(value: unknown, path: string, most: number) {
  let values = 0
  const refuse = (what: string) => errors.invalidBody([`${path} must not ${what}: compare with a part of the body`])

  function count(inner: unknown, levels: number) {
    if (++values > most) throw refuse(`have over ${String(most)} values`)
    if (typeof inner !== 'object' || inner === null) return
    if (levels === mostLevels) throw refuse(`be nested deeper than ${String(mostLevels)} levels`)
    for (const name in inner) count((inner as Record<string, unknown>)[name], levels + 1)
  }
  count(value, 0)
}
