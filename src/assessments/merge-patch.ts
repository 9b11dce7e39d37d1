import { isObject } from '../pure/json'

type Json = Record<string, unknown>

const opaque = new Set(['source_value', 'passthrough'])

/**
 * `target` with what `patch` says: objects are merged, anything else replaces, null clears but stays to be read as
 * null. The provider's own values are replaced whole: merging would make ones that nobody sent. Neither argument is
 * changed, and a property named `__proto__` is one like any other.
 */
export function mergePatch(target: Json, patch: Json): Json {
  return Object.fromEntries([
    ...Object.entries(target),
    ...Object.entries(patch).map(([name, value]) => {
      const before = Object.hasOwn(target, name) ? target[name] : undefined
      return [name, isObject(value) && isObject(before) && !opaque.has(name) ? mergePatch(before, value) : value]
    }),
  ]) as Json
}
