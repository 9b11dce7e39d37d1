import { breatheInTime } from '../breathe'
import { errors } from '../errors'

/** A property of an object. A list is first an empty list, then one part per entry, with its `index`. */
export interface Part {
  name: string
  index: number | null
  value: unknown
}

/** The parts of a value in memory; none if it is not an object. */
export function* partsOfValue(value: unknown): Generator<Part> {
  for (const [name, inner] of Object.entries(value ?? {}) as [string, unknown][]) {
    if (!Array.isArray(inner)) yield { name, index: null, value: inner }
    else {
      yield { name, index: null, value: [] }
      for (const [index, entry] of (inner as unknown[]).entries()) yield { name, index, value: entry }
    }
  }
}

/** Maximum bytes of a part: more than twice the largest order with its result. */
const mostOfPart = 8 * 1024 * 1024
/** Maximum commas and brackets in a part: parsing a list of a million empty lists takes a second and a gigabyte. */
const mostMarks = 100_000

const quote = 0x22
const comma = 0x2c
const colon = 0x3a
const backslash = 0x5c
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d]
const spaces = new Set([0x20, 0x09, 0x0a, 0x0d])

/**
 * The parts of the JSON text `bytes`, parsed one by one without blocking the event loop: `JSON.parse` of the whole
 * takes a second for 64 MiB, and hostile input can make it use gigabytes. Yields none if the text is not an object.
 * Throws `malformedJson`, and `wrongSnapshot` for a part larger than any valid one.
 */
export async function* partsOfJson(bytes: Uint8Array): AsyncGenerator<Part> {
  let at = 0

  function peek() {
    while (spaces.has(Number(bytes[at]))) at++
    return bytes[at]
  }
  function take(wanted: number) {
    if (peek() !== wanted) throw unexpected(bytes, at)
    at++
  }
  /** Parses the value that starts here. */
  function takeValue(place: string): unknown {
    peek()
    const end = endOfValue(bytes, at, place)
    const text = Buffer.from(bytes.buffer, bytes.byteOffset + at, end - at).toString()
    try {
      const value: unknown = JSON.parse(text)
      at = end
      return value
    } catch (error) {
      throw errors.malformedJson((error as Error).message)
    }
  }
  /** Whether another part follows, rather than `closing`. */
  function goesOn(closing: number) {
    if (peek() !== closing) {
      take(comma)
      return true
    }
    at++
    return false
  }

  if (peek() !== openBrace) return
  at++
  let isMore = peek() !== closeBrace
  if (!isMore) at++
  while (isMore) {
    await breatheInTime()
    const name = String(takeValue('a name'))
    take(colon)
    if (peek() === openBracket) {
      at++
      yield { name, index: null, value: [] }
      let index = 0
      let isMoreInList = peek() !== closeBracket
      if (!isMoreInList) at++
      while (isMoreInList) {
        await breatheInTime()
        yield { name, index, value: takeValue(`body/${name}/${String(index)}`) }
        index++
        isMoreInList = goesOn(closeBracket)
      }
    } else yield { name, index: null, value: takeValue(`body/${name}`) }
    isMore = goesOn(closeBrace)
  }
  if (peek() !== undefined) throw unexpected(bytes, at)
}

const unexpected = (bytes: Uint8Array, at: number) =>
  errors.malformedJson(
    at < bytes.length ? `unexpected character at position ${String(at)}` : 'Unexpected end of JSON input',
  )

/** The end of the value that starts at `start`. Does not check whether it is valid JSON. */
function endOfValue(bytes: Uint8Array, start: number, place: string): number {
  const last = Math.min(bytes.length, start + mostOfPart)
  let depth = 0
  let marks = 0
  let at = start
  while (at < last && marks < mostMarks) {
    const byte = bytes[at]
    if (byte === quote) {
      at = endOfText(bytes, at, last)
      if (depth === 0 && at <= last) return at
      continue
    }
    if (byte === openBracket || byte === openBrace) {
      depth++
      marks++
    } else if (byte === closeBracket || byte === closeBrace) {
      if (depth === 0) return at
      depth--
      if (depth === 0) return at + 1
    } else if (byte === comma) {
      if (depth === 0) return at
      marks++
    } else if (byte === colon && depth === 0) return at
    at++
  }
  if (at >= bytes.length) return bytes.length
  throw errors.wrongSnapshot(`${place} is larger than any part of a snapshot can be`)
}

/** The end of the string that starts at `start`. */
function endOfText(bytes: Uint8Array, start: number, last: number): number {
  let at = start + 1
  while (at < last && bytes[at] !== quote) at += bytes[at] === backslash ? 2 : 1
  return at + 1
}
