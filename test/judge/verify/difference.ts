import { isObject, parsedJson } from '../../../src/pure/json'
import type { Answered, Asked, Mutate } from './proxy'

/** A behaviour in which a server differs from the sandbox. */
export interface Difference {
  what: string
  /** The beginning of the ledger's row. */
  row: string
  /** The probes that notice, and no others. */
  fails: readonly string[]
  mutate: Mutate
}

type Json = Record<string, unknown>

export const unified = '/unified/ats'
export const packages = `${unified}/assessments/packages`
export const orders = `${unified}/assessments/orders`
export const checkPackages = `${unified}/background_checks/packages`
export const checkOrders = `${unified}/background_checks/orders`

/** The body of a request, or an answer, as an object. */
export const sentJson = ({ text }: Asked): Json => Object(parsedJson(text)) as Json
export const given = ({ json }: Answered): Json => Object(json) as Json
export const inner = (value: unknown, name: string): unknown => (isObject(value) ? value[name] : undefined)
export const data = (answered: Answered): Json => Object(given(answered)['data']) as Json
export const entries = (answered: Answered): Json[] => (given(answered)['data'] ?? []) as Json[]
export const first = (answered: Answered): Json => Object(entries(answered)[0]) as Json
/** Whether a path ends with an id. */
export const endsWith = ({ path }: Asked, id: unknown): boolean => path.endsWith(`/${encodeURIComponent(String(id))}`)

type When = (asked: Asked, answered: Answered) => boolean

/** Answers with another status, where `when` fits. */
export const answers =
  (status: number, when: When): Mutate =>
  (asked, answered) => {
    if (!when(asked, answered)) return
    answered.status = status
    if (isObject(answered.json) && 'statusCode' in answered.json) answered.json['statusCode'] = status
  }

/** Answers with 200 and an order, or whatever `json` is, where `when` fits. */
export const accepts =
  (when: When, json: unknown = { id: 'order-1', remote_id: 'remote-1', test_url: 'https://example.com' }): Mutate =>
  (asked, answered) => {
    if (when(asked, answered)) Object.assign(answered, { status: 200, json })
  }

/** Changes the JSON of an answer, where `when` fits. */
export const changes =
  (when: When, change: (answered: Answered, asked: Asked) => void): Mutate =>
  (asked, answered) => {
    if (when(asked, answered)) change(answered, asked)
  }

const emptyPage = { next: null, data: [] }
/** Answers with an empty page, where the query has `part`. */
export const allows = (part: string): Mutate =>
  accepts(({ path, query }) => path.startsWith(unified) && decodeURIComponent(query).includes(part), emptyPage)
/** Answers 400, where the query has `part`. */
export const refuses = (part: string): Mutate =>
  answers(400, ({ query }) =>
    decodeURIComponent(query)
      .split('&')
      .some((each) => each === part),
  )

export const isGet =
  (path: string): When =>
  (asked) =>
    asked.method === 'GET' && asked.path === path
export const isPost =
  (path: string): When =>
  (asked) =>
    asked.method === 'POST' && asked.path === path
/** A read of one record of a list. */
export const isRead =
  (list: string): When =>
  (asked) =>
    asked.method === 'GET' && asked.path.startsWith(`${list}/`) && !asked.path.endsWith('/')
export const isReport =
  (list: string): When =>
  (asked) =>
    asked.method === 'PATCH' && asked.path.startsWith(`${list}/`)
export const and =
  (...all: readonly When[]): When =>
  (asked, answered) =>
    all.every((each) => each(asked, answered))
export const was =
  (status: number): When =>
  (_asked, answered) =>
    answered.status === status

export const isResults = (asked: Asked): boolean => asked.path.endsWith('/results')
/** Whether the body has a property. */
export const sends =
  (name: string) =>
  (asked: Asked): boolean =>
    name in sentJson(asked)

/** What an order is answered with when the same body comes again. */
export function repeated(path: string): Mutate {
  const seen = new Set<string>()
  return changes(and(isPost(path), was(200)), (answered, { text }) => {
    if (seen.has(text)) given(answered)['remote_id'] = 'another'
    seen.add(text)
  })
}
