import { type Exemplary, exampleOf } from './example-of'

/** Maximum characters of an example that is shown whole. */
const most = 200

/** An example of a value as JSON, shortened if it is long; undefined if `schema` has none. */
export function shapeOf(schema: Exemplary): string | undefined {
  const example = exampleOf(schema)
  if (example === undefined) return undefined
  const whole = JSON.stringify(example)
  return whole.length <= most ? whole : outlineOf(example)
}

/** Just the names of its properties, or those of the first entry of a list. */
function outlineOf(example: unknown): string {
  if (Array.isArray(example)) return `[${outlineOf(example[0])}, …]`
  if (typeof example !== 'object' || example === null) return JSON.stringify(example)
  return `{${Object.keys(example)
    .map((name) => `${JSON.stringify(name)}: …`)
    .join(', ')}}`
}
