import type { TSchema } from '@sinclair/typebox'
import { type Expected, expectedKeyword } from '../../schemas/builders'
import type { Warning } from '../../schemas/control/requests'
import { mostWarnings, noWarnings, type Warnings } from '../warnings'
import { expectations, type Unexpected } from './expectations'
import { nearestName } from './nearest-name'

/** Finds likely mistakes in a valid value. */
export type Suspect = (value: unknown) => Warnings

/**
 * Finds unknown properties and unexpected values in values of `schema`. `part` is their name in messages: `body` or
 * `query`. A schema without named properties accepts any.
 */
export const suspicions = (schema: TSchema, part: Part): Suspect =>
  suspectWith(lookFor(schema, { what: names[part], isRefusing: false }), part)

/** As `suspicions`, for unknown properties only, in the words of a refusal: none of them is ignored. */
export const unknownNames = (schema: TSchema, part: Part): Suspect =>
  suspectWith(lookFor(schema, { what: names[part], isRefusing: true }), part)

type Part = 'body' | 'query'

const names = { body: 'property', query: 'query parameter' } as const

function suspectWith(look: Look | null, part: Part): Suspect {
  return (value) => {
    // Nearly all values are fine, and finding that out needs no paths.
    if (look === null || look(value, '', null)) return noWarnings
    const found = finds()
    look(value, part, found)
    return found
  }
}

interface Finds extends Warnings {
  list: Warning[]
  more: number
}

const finds = (): Finds => ({ list: [], more: 0 })

/** Makes the warning only if it is kept. */
function add(found: Finds, make: () => Warning) {
  if (found.list.length < mostWarnings) found.list.push(make())
  else found.more++
}

/** Returns whether the value is fine. Adds each problem to `found`; without `found`, it stops at the first problem. */
type Look = (value: unknown, path: string, found: Finds | null) => boolean

interface Looking {
  what: What
  /** Whether unknown names are refused. Then unexpected values are not looked for. */
  isRefusing: boolean
}

type What = (typeof names)[Part]

/** Null if there is nothing to look for. */
function lookFor(schema: TSchema, looking: Looking): Look | null {
  const { properties, items, additionalProperties } = schema as {
    properties?: Record<string, TSchema>
    items?: TSchema
    additionalProperties?: unknown
  }
  const expected = schema[expectedKeyword] as Expected | undefined
  const looks = [
    properties !== undefined && additionalProperties !== true && lookAtNames(properties, looking),
    items !== undefined && lookAtItems(items, looking),
    !looking.isRefusing && expected !== undefined && lookAtExpected(expected),
  ].filter((look) => look !== false && look !== null)
  const [first, second] = looks
  if (first === undefined || second === undefined) return first ?? null
  return (value, path, found) => {
    const isFine = first(value, path, found)
    return (isFine || found !== null) && second(value, path, found) && isFine
  }
}

function lookAtExpected(expected: Expected): Look {
  const check = expectations[expected] as (value: unknown) => Unexpected | null
  return (value, path, found) => {
    const unexpected = check(value)
    if (unexpected === null) return true
    if (found === null) return false
    add(found, () => {
      const place = unexpected.property === '' ? path : `${path}/${unexpected.property}`
      return { path: place, message: `${place} ${unexpected.problem}` }
    })
    return false
  }
}

function lookAtItems(items: TSchema, looking: Looking): Look | null {
  const look = lookFor(items, looking)
  return look && lookAtEach(look)
}

function lookAtEach(look: Look): Look {
  return (value, path, found) => {
    let isFine = true
    for (const [i, item] of (value as unknown[]).entries()) {
      if (item === null || look(item, found === null ? '' : `${path}/${String(i)}`, found)) continue
      if (found === null) return false
      isFine = false
    }
    return isFine
  }
}

function lookAtNames(properties: Record<string, TSchema>, looking: Looking): Look {
  const known = new Map(Object.entries(properties).map(([name, schema]) => [name, lookFor(schema, looking)]))
  return (value, path, found) => {
    let isFine = true
    // A loop, since this runs for every value of every body. Parsed JSON has no inherited properties.
    for (const name in value as object) {
      const look = known.get(name)
      if (look === null) continue
      const inner = (value as Record<string, unknown>)[name]
      if (look !== undefined) {
        if (inner === null || inner === undefined) continue
        if (look(inner, found === null ? '' : `${path}/${pointerTo(name)}`, found)) continue
      }
      if (found === null) return false
      isFine = false
      if (look === undefined) {
        add(found, () => {
          const place = `${path}/${pointerTo(name)}`
          return { path: place, message: aboutUnknown(place, name, [...known.keys()], looking) }
        })
      }
    }
    return isFine
  }
}

/**
 * Finds unknown names in `text`, the value of a query parameter that names properties. They are ignored: the answer then
 * lacks the property that was meant.
 */
export function unknownProperties(parameter: string, text: string, known: readonly string[]): Warnings {
  const found = finds()
  const path = `query/${parameter}`
  const names = text.split(',').map((name) => name.trim())
  for (const name of names.filter((name) => name !== '' && !known.includes(name))) {
    add(found, () => ({
      path,
      message: aboutUnknown(`${path}: ${pointerTo(name)}`, name, known, { what: 'property', isRefusing: false }),
    }))
  }
  return found
}

/** Maximum characters of a name in a message. */
const mostOfName = 200

/** `name` as part of a path, as the validator writes it. */
const pointerTo = (name: string) =>
  (name.length > mostOfName ? `${name.slice(0, mostOfName)}…` : name).replaceAll('~', '~0').replaceAll('/', '~1')

/** The sentence about a name that StackOne does not know. */
function aboutUnknown(path: string, name: string, known: readonly string[], { what, isRefusing }: Looking): string {
  const nearest = nearestName(name, known)
  const advice =
    nearest === null
      ? 'it has none here'
      : nearest.isNear
        ? `did you mean ${nearest.name}?`
        : `the nearest name there is ${nearest.name}`
  return `${path} is not a ${what} that StackOne knows${isRefusing ? '' : ', and is ignored'}: ${advice}`
}
