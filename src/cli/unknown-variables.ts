import { distance } from 'fastest-levenshtein'
import { settings } from '../settings'

const prefix = 'SANDBOX_'

const known = Object.values(settings).map(({ env }) => env)

/** A setting's name as it would be with the prefix, which some lack: PORT, HOST, LOG_LEVEL. */
const prefixed = (env: string) => (env.startsWith(prefix) ? env : prefix + env)

/** A sentence about each variable of `env` that looks like a setting and is not one, with the setting it probably means. */
export function unknownVariables(env: NodeJS.ProcessEnv): string[] {
  return Object.keys(env)
    .filter((name) => name.toUpperCase().startsWith(prefix) && !known.includes(name))
    .map((name) => {
      const meant = nearest(name)
      return `ignoring ${name}${meant === null ? ', which is not a setting' : `; did you mean ${meant}?`}`
    })
}

/** The setting that differs from `name` by a slip of the pen; null when none does. */
function nearest(name: string): string | null {
  const [best] = known
    .map((env) => ({ env, steps: distance(prefixed(env), name.toUpperCase()) }))
    .filter(({ env, steps }) => steps <= (prefixed(env).length - prefix.length) / 4)
    .sort((a, b) => a.steps - b.steps)
  return best?.env ?? null
}
