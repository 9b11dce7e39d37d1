import { isObject } from '../pure/json'

/**
 * Whether two JSON texts say the same: in the order of properties, white space and the way to write a number they may
 * differ. Numbers are compared as they are written: 9007199254740993 and 9007199254740992 are one as a `number`.
 */
export const isSameText = (a: string, b: string): boolean => a === b || isSameJson(exact(a), exact(b))

/**
 * Whether two values of JSON are the same but for the order of their properties. Not Node's comparison, which takes ten
 * times as long: a body may have a hundred thousand values.
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

/** Finds the texts of valid JSON, so as to pass over them, and the numbers that a `number` may not hold. */
const mayBeInexact = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.]{15,}(?:[eE][+-]?\d+)?|-?\d[\d.]*[eE][+-]?\d+/g

/** `json`, parsed, with a text in the place of each number that a `number` does not hold. */
const exact = (json: string): unknown =>
  JSON.parse(
    /\d[\d.]{15}|\d[eE]/.test(json)
      ? json.replace(mayBeInexact, (text) => (text.startsWith('"') ? text : canonical(text)))
      : json,
  )

/** Digits that every `number` holds. */
const surelyExact = 15

/** The one way to write a number's value: `1.50e1` is `15`, and what is no `number` a text that hardly anybody sends. */
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

/** A loop: a pattern would look at each run of zeros again and again. */
function withoutZerosAtEnd(digits: string): string {
  let end = digits.length
  while (digits[end - 1] === '0') end--
  return digits.slice(0, end)
}
