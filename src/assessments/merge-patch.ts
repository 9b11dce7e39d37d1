import { isObject } from '../pure/json'

type Json = Record<string, unknown>

const opaque = new Set(['source_value', 'passthrough'])

/**
 * Applies `patch` to a copy of `target`: objects are merged, other values replace, and a null stays readable as null.
 * The provider's own values are replaced as a whole, since merging would invent values that nobody sent. `__proto__` is
 * an ordinary property.
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
