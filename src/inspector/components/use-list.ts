import { useEffect, useRef } from 'preact/hooks'
import type { ListedDelivery } from '../../../schemas/control/deliveries'
import type { ControlOrder } from '../../../schemas/control/orders'
import type { JournalEntry } from '../../../schemas/control/requests'
import type { Query } from '../addresses'
import { type ApiError, read } from '../api'
import { filterQueries } from '../filter-query'
import { account, route } from '../route'
import { timeQuery, timeTick } from '../time-query'
import { useLiveChange } from './use-live-change'
import { useRead } from './use-read'

/** What the entries of each list are. */
interface Entries {
  orders: ControlOrder
  requests: JournalEntry
  deliveries: ListedDelivery
}

interface Facts {
  total: number
  /** How many are no longer kept; orders always are. */
  dropped?: number
}

type Answer<Name extends keyof Entries> = Record<Name, Entries[Name][]> & Facts & { next: string | null }

export interface Part<Entry> extends Facts {
  entries: Entry[]
}

/** How many entries are read at first. */
const firstPart = 200

interface Reading<Name extends keyof Entries> {
  /** What was read last, maybe for an earlier filter; null until the first. */
  value: Part<Entries[Name]> | null
  error: ApiError | null
  /** Reads the newest `count` entries. */
  load: (count: number) => void
}

/** The entries of a list that match the filter in the URL, read again when any changes: only the sandbox has them all. */
export function useList<Name extends keyof Entries>(name: Name): Reading<Name> {
  const limit = useRef(firstPart)
  const last = useRef<Part<Entries[Name]> | null>(null)
  const { time, from, to } = Object.fromEntries(route.value.query)
  const key = JSON.stringify([account.value, filterQueries[name](), time, from, to])
  const { value, error, again } = useRead(key, async () => readEntries(name, currentQuery(name), limit.current))
  useLiveChange((message) => message.isWhole || message[name].length > 0, again)
  const tick = timeTick.value
  useEffect(again, [tick])
  if (value !== null) last.current = value
  return {
    // An earlier list flickers less than an empty one.
    value: value ?? (error === null ? last.current : null),
    error,
    load(count) {
      limit.current = count
      again()
    },
  }
}

/** The filter in the URL as a query of the control API. */
export const currentQuery = (name: keyof Entries): Query => ({
  account: account.peek(),
  ...filterQueries[name](),
  ...timeQuery(),
})

/** Reads up to `limit` entries: an answer with large ones has fewer. */
async function readEntries<Name extends keyof Entries>(
  name: Name,
  query: Query,
  limit: number,
): Promise<Part<Entries[Name]>> {
  const answer = await read<Answer<Name>>(name, { ...query, limit })
  const entries = entriesOf(answer, name)
  for (let { next } = answer; next !== null && entries.length < limit;) {
    const more = await read<Answer<Name>>(name, { ...query, limit: limit - entries.length, next })
    entries.push(...entriesOf(more, name))
    next = more.next
  }
  return { ...answer, entries }
}

const entriesOf = <Name extends keyof Entries>(answer: Record<Name, Entries[Name][]>, name: Name): Entries[Name][] =>
  answer[name]

/** How many entries of a list match each of `queries`; null until it is known. */
export function useTotals(name: keyof Entries, queries: readonly Query[]): readonly number[] | null {
  const { value, again } = useRead(JSON.stringify([account.value, queries]), () =>
    Promise.all(queries.map((query) => totalOf(name, { account: account.peek(), ...query }))),
  )
  useLiveChange((message) => message.isWhole || message[name].length > 0, again, 1_000)
  return value
}

const totalOf = async (name: keyof Entries, query: Query) =>
  (await read<{ total: number }>(name, { ...query, limit: 1 })).total
