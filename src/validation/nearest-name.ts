import { distance } from 'fastest-levenshtein'

/** Longer names than this are compared with none: it would take long, and no known name is like them. */
const longest = 100

/** The known name that `name` was probably meant to be. */
export interface Nearest {
  name: string
  /** Whether it is so near that it was surely meant; otherwise it is only the nearest there is. */
  isNear: boolean
}

/** Which of `known` comes nearest to `name`, however that is cased and separated; null when `known` is empty. */
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

/** Without case and separators, so that firstName is first_name. */
const bare = (name: string) => name.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase()
