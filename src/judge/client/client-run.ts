import type { JournalEntry, Operation } from '../../../schemas/control/requests'
import type { Ended } from '../command'

/** A request of the client, as the journal has it. */
export interface ClientRequest extends JournalEntry {
  /** When it was received, in milliseconds since 1970. */
  receivedAt: number
}

/** What a run of the client's command came to. */
export interface ClientRun {
  /** Null when it did not end within `withinMs`, and was stopped. */
  ended: Ended | null
  withinMs: number
  /** The end of what it has written. */
  output: string
  /** In the order in which they were received. */
  requests: readonly ClientRequest[]
  /** How many orders its account has afterwards. */
  orders: number
}

/** A call that places an order. */
interface OrderCall extends ClientRequest {
  operation: Operation
}

const placing: readonly (Operation | null)[] = ['orders.create', 'background_checks.orders.create']

const isOrderCall = (request: ClientRequest): request is OrderCall => placing.includes(request.operation)

/** The calls that place orders, in their order. */
export const orderCalls = ({ requests }: Pick<ClientRun, 'requests'>): OrderCall[] => requests.filter(isOrderCall)

/** Whether it says itself that all went well. */
export const isContent = ({ ended }: ClientRun): boolean => ended?.code === 0

/** How it ended, in words. */
export function howItEnded({ ended, withinMs }: ClientRun): string {
  if (ended === null) return `no end within ${String(withinMs / 1_000)} s`
  return ended.signal === null ? `exit code ${String(ended.code)}` : `signal ${ended.signal}`
}

/** "1 order", "2 orders". */
export const counted = (count: number, noun: string): string => `${String(count)} ${noun}${count === 1 ? '' : 's'}`
