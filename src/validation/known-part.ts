import type { TSchema } from '@sinclair/typebox'

/**
 * The part of `value` that `schema` knows: without properties that it does not name, and without objects that are empty
 * then. Undefined if nothing is left. Neither argument is changed.
 */
export function knownPart(schema: TSchema, value: unknown): unknown {
  const { properties, items } = schema as { properties?: Record<string, TSchema>; items?: TSchema }
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => knownPart({ ...items } as TSchema, item) ?? {})
  if (properties === undefined) return value
  const known = Object.entries(properties)
    .filter(([name]) => Object.hasOwn(value, name))
    .map(([name, inner]) => [name, knownPart(inner, (value as Record<string, unknown>)[name])] as const)
    .filter(([, part]) => part !== undefined)
  return known.length === 0 ? undefined : Object.fromEntries(known)
}
