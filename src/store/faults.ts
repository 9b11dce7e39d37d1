import type { Fault, FaultToAdd } from '../../schemas/control/faults'
import type { Operation } from '../../schemas/control/requests'

/** Faults that there may be, of an account (null is one like any other) and in all: every call looks at them. */
export const mostFaults = { ofAccount: 500, inAll: 5_000 }

/** A fault that strikes a call. */
export interface Strike {
  /** Which fault it is. */
  id: string
  fault: FaultToAdd
}

/** Keeps faults, and counts the calls that they see. */
export interface Faults {
  /** Throws `tooManyFaults`. */
  add(accountId: string | null, fault: FaultToAdd): Promise<Fault>
  /** In the order in which they strike; with `accountId` those that strike the account's calls. */
  list(accountId: string | null): Promise<Fault[]>
  /** Returns whether there was such a fault. */
  remove(id: string): Promise<boolean>
  /** Takes away those of an account, or with null all. */
  removeAll(accountId: string | null): Promise<void>
  /** The fault that strikes this call, if any: counted exactly, however many calls come at once. */
  strike(accountId: string, operation: Operation | undefined): Strike | null | Promise<Strike | null>
  /** Those of an account, or with null all, with what they have counted. */
  export(accountId: string | null): Promise<ExportedFault[]>
  /** Adds faults that were exported, after those that there are. */
  import(faults: readonly ExportedFault[]): Promise<void>
}

export interface ExportedFault {
  accountId: string | null
  fault: FaultToAdd
  seen: number
  struck: number
}

export interface Counted {
  readonly id: string
  readonly accountId: string | null
  readonly fault: FaultToAdd
  /** How often it strikes at most. */
  readonly times: number
  seen: number
  struck: number
}

/** How often a fault strikes at most. */
export function timesOf({ times, always, every, after }: FaultToAdd): number {
  const isEndless = always ?? (every !== undefined || after !== undefined)
  return times ?? (isEndless ? Infinity : 1)
}

/** Whether a fault strikes calls of the account; with null any does. */
export const isFor = (accountId: string | null) => (each: Pick<Counted, 'accountId'>) =>
  accountId === null || each.accountId === null || each.accountId === accountId

/** A fault as the control API shows it. */
export const showFault = ({ id, accountId, fault, times, seen, struck }: Counted): Fault => ({
  id,
  account: accountId,
  fault,
  seen,
  struck,
  isEndless: times === Infinity,
  isSpent: struck >= times,
})
