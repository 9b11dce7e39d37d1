import { isObject } from '../pure/json'

/**
 * Whether two JSON texts have the same meaning, whatever the order of properties, the white space and the notation of
 * numbers. Numbers are compared by their digits, since 9007199254740993 and 9007199254740992 are the same `number`.
 */
export const isSameText = (a: string, b: string): boolean => a === b || isSameJson(exact(a), exact(b))

/**
 * Whether two JSON values are equal, whatever the order of their properties. Node's own comparison takes ten times as
 * long, and a body may have a hundred thousand values.
 */
export function isSameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((one, i) => isSameJson(one, b[i]))
  if (!isObject(a) || !isObject(b)) return false
  const names = Object.keys(a)
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && isSameJson(a[name], b[name]))
  )
}

/** Finds strings in valid JSON, to skip them, and numbers that a `number` may not hold. */
const mayBeInexact = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.]{15,}(?:[eE][+-]?\d+)?|-?\d[\d.]*[eE][+-]?\d+/g

/** `json`, parsed, with a string for each number that a `number` cannot hold. */
const exact = (json: string): unknown =>
  JSON.parse(
    /\d[\d.]{15}|\d[eE]/.test(json)
      ? json.replace(mayBeInexact, (text) => (text.startsWith('"') ? text : canonical(text)))
      : json,
  )

/** Significant digits that every `number` holds. */
const surelyExact = 15

/** The canonical notation of a number: `1.50e1` is `15`. One that a `number` cannot hold becomes an unlikely string. */
function canonical(text: string): string {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e')
  const sign = mantissa.startsWith('-') ? '-' : ''
  const [whole = '', fraction = ''] = mantissa.slice(sign.length).split('.')
  const digits = (whole + fraction).replace(/^0+/, '')
  const significant = withoutZerosAtEnd(digits)
  const value = Number(text)
  const isHeld = significant.length <= surelyExact && Number.isFinite(value) && (value !== 0 || significant === '')
  if (isHeld) return String(value)
  const power = Number(exponent) - fraction.length + digits.length - significant.length
  return `"\\u0000${sign}${significant}e${String(power)}"`
}

/** A loop, since a regular expression would scan each run of zeros repeatedly. */
function withoutZerosAtEnd(digits: string): string {
  let end = digits.length
  while (digits[end - 1] === '0') end--
  return digits.slice(0, end)
}
