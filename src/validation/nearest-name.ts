import { distance } from 'fastest-levenshtein'

/** Maximum length of a name to compare: longer ones take long, and resemble no known name. */
const longest = 100

/** The known name that was probably meant. */
export interface Nearest {
  name: string
  /** Whether it is near enough to be certain; otherwise it is just the nearest one. */
  isNear: boolean
}

/** The nearest of `known` to `name`, whatever the case and separators; null if `known` is empty. */
export function nearestName(name: string, known: readonly string[]): Nearest | null {
  const wanted = bare(name.slice(0, longest))
  let nearest: Nearest | null = null
  let least = Infinity
  for (const candidate of known) {
    const steps = distance(wanted, bare(candidate))
    if (steps >= least) continue
    least = steps
    nearest = { name: candidate, isNear: steps <= Math.ceil(candidate.length * 0.4) }
  }
  return nearest
}

/** Ignores case and separators, so that firstName equals first_name. */
const bare = (name: string) => name.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase()
