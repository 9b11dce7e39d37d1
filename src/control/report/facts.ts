import { breatheInTime } from '../../breathe'
import type { Deps } from '../../deps'
import type { Recorded } from '../../store/records'

/** What the report counts. */
export interface ReportFacts {
  /** Null: all accounts. */
  account: string | null
  requests: number
  refused: number
  /** Of the refused ones, those that a fault refused. */
  byFault: number
  warned: number
  /** How many orders have each state. */
  orders: ReadonlyMap<string, number>
  /** How many deliveries have each status. */
  deliveries: ReadonlyMap<string, number>
  /** How many requests, of all accounts, the journal no longer has. */
  dropped: number
  /** How many requests have lost a body. */
  bodiesLost: number
}

export const isRefused = ({ status }: Pick<Recorded, 'status'>): boolean => status !== null && status >= 400

/** Counts `requests`, and the orders and deliveries of their account. */
export async function factsOf(
  { store, deliveries, journal }: Pick<Deps, 'store' | 'deliveries' | 'journal'>,
  account: string | null,
  requests: readonly Recorded[],
): Promise<ReportFacts> {
  const count = (fits: (request: Recorded) => boolean) => requests.filter(fits).length
  return {
    account,
    requests: requests.length,
    refused: count(isRefused),
    byFault: count((request) => isRefused(request) && request.fault !== null),
    warned: count(({ warnings }) => warnings.length > 0),
    orders: await counted(store.orders(account), ({ state }) => state),
    deliveries: await counted(deliveries.list(account), ({ status }) => status),
    dropped: await journal.dropped(),
    bodiesLost: count(({ requestBody, responseBody }) => requestBody === null || responseBody === null),
  }
}

async function counted<T>(items: AsyncIterable<T>, kindOf: (item: T) => string): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for await (const item of items) {
    await breatheInTime()
    counts.set(kindOf(item), (counts.get(kindOf(item)) ?? 0) + 1)
  }
  return counts
}
