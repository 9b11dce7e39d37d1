type Json = Record<string, unknown>

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * `target` with what `patch` says: objects are merged, anything else replaces, null clears but stays to be read as
 * null. Neither is changed, and a property named `__proto__` is one like any other.
 */
export function mergePatch(target: Json, patch: Json): Json {
  return Object.fromEntries([
    ...Object.entries(target),
    ...Object.entries(patch).map(([name, value]) => {
      const before = Object.hasOwn(target, name) ? target[name] : undefined
      return [name, isObject(value) && isObject(before) ? mergePatch(before, value) : value]
    }),
  ]) as Json
}
