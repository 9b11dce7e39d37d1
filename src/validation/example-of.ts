/** The parts of a JSON schema that show what a value looks like. */
export interface Exemplary {
  examples?: readonly unknown[]
  enum?: readonly unknown[]
  properties?: Readonly<Record<string, Exemplary>>
  required?: readonly string[]
  items?: Exemplary
}

/**
 * A valid value made from the examples in `schema`: its own with the other required properties added, or those of its
 * parts. Undefined if it has none.
 */
export function exampleOf(schema: Exemplary): unknown {
  const [own = schema.enum?.[0]] = schema.examples ?? []
  if (schema.properties !== undefined && own !== null) return objectOf(schema.properties, schema.required ?? [], own)
  if (schema.items !== undefined && (own === undefined || isEmptyList(own))) {
    const item = exampleOf(schema.items)
    return item === undefined ? own : [item]
  }
  return own
}

const isEmptyList = (value: unknown) => Array.isArray(value) && value.length === 0

function objectOf(properties: Readonly<Record<string, Exemplary>>, required: readonly string[], own: unknown) {
  const names = own === undefined ? Object.keys(properties) : required
  const made = names.map((name) => [name, exampleOf(properties[name] ?? {})] as const)
  if (made.some(([name, value]) => value === undefined && required.includes(name))) return own
  return { ...Object.fromEntries(made.filter(([, value]) => value !== undefined)), ...(own as object | undefined) }
}
