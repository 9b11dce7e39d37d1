import type { TSchema } from '@sinclair/typebox'

/**
 * What `schema` knows of `value`: without the properties that it does not name, and without objects in which nothing is
 * left. Undefined when that is nothing at all. Neither argument is changed.
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
