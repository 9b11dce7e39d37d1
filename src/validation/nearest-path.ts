import { distance } from 'fastest-levenshtein'

/** Maximum length of a path to compare: longer ones take long, and resemble no known path. */
const longest = 200

/**
 * The one of the `known` paths (`/orders/{id}`) that `path` was probably meant to be; null if none is near. A missing
 * or an extra prefix is a common mistake. The result holds no part of `path`, which may be a token, since hints are
 * logged.
 */
export function nearestPath(path: string, known: readonly string[]): string | null {
  if (path.length > longest || path.length < 2) return null
  const given = path.split('/').slice(1)
  let nearest: string | null = null
  let least = Infinity
  for (const template of known) {
    const parts = template.split('/').slice(1)
    const [short, long] = parts.length < given.length ? [parts, given] : [given, parts]
    const isEnd =
      short.length > 0 && short.length < long.length && fits(parts.slice(-short.length), given.slice(-short.length))
    const filled = `/${parts.map((part, i) => (isParameter(part) ? (given[i + given.length - parts.length] ?? part) : part)).join('/')}`
    // What a parameter takes fits whatever is there, so it does not count.
    const fixed = parts.filter((part) => !isParameter(part)).join('/').length
    const steps = isEnd ? 0 : distance(path.toLowerCase(), filled.toLowerCase())
    if (steps >= least || (!isEnd && steps > (fixed + 2) / 4)) continue
    least = steps
    nearest = template
  }
  return nearest
}

const isParameter = (part: string) => part.startsWith('{')

const fits = (parts: readonly string[], given: readonly string[]) =>
  parts.some((part) => !isParameter(part)) &&
  parts.every((part, i) => (isParameter(part) ? given[i] !== '' : part === given[i]))
