import { errors } from '../errors'

/** Maximum values in a filter: each request is compared with each of them. */
const mostValues = 1_000
/** Maximum values in all of `allow`. */
const mostAllowed = 10_000
/** Maximum depth of a filter. */
const mostLevels = 50

/** Throws `invalidBody` for a filter that would take too long to compare with requests. */
export const requireSmallFilter = (filter: unknown): void => {
  requireSmall(filter, 'body/filter', mostValues)
}

/** Like `requireSmallFilter`, for the requests and warnings that `verifyClean` allows. */
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
