import { type Exemplary, exampleOf } from './example-of'

/** Characters up to which an example is shown whole. */
const most = 200

/** How a value of `schema` looks, as JSON that is cut where it would be long; undefined when the schema does not say. */
export function shapeOf(schema: Exemplary): string | undefined {
  const example = exampleOf(schema)
  if (example === undefined) return undefined
  const whole = JSON.stringify(example)
  return whole.length <= most ? whole : outlineOf(example)
}

/** Its names alone, or of a list those of the first entry. */
function outlineOf(example: unknown): string {
  if (Array.isArray(example)) return `[${outlineOf(example[0])}, …]`
  if (typeof example !== 'object' || example === null) return JSON.stringify(example)
  return `{${Object.keys(example)
    .map((name) => `${JSON.stringify(name)}: …`)
    .join(', ')}}`
}
