import { ControlError } from './control-error'

/**
 * Throws a `ControlError` unless `value` is plain JSON. Serialisation would drop an undefined value, and a filter
 * without it matches everything: a test would pass for the wrong reason. `path` names the value in the error.
 */
export function requirePlainJson(value: unknown, path: string): void {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return
  if (typeof value === 'number' && Number.isFinite(value)) return
  if (!isPlain(value)) {
    throw new ControlError(`${path} is ${described(value)}, which JSON does not have`, 400, advice)
  }
  for (const [name, inner] of Object.entries(value))
    requirePlainJson(inner, Array.isArray(value) ? `${path}[${name}]` : `${path}.${name}`)
}

/** A copy of `value` as it would arrive over HTTP: without undefined values. */
export const plainCopy = (value: object): Record<string, unknown> =>
  JSON.parse(JSON.stringify(value)) as Record<string, unknown>

const advice = 'Leave out what may be anything, and give everything else a value of JSON.'

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return Array.isArray(value) || prototype === Object.prototype || prototype === null
}

const described = (value: unknown) =>
  typeof value === 'object' && value !== null ? `a ${value.constructor.name}` : String(value)
