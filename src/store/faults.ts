import type { Fault, FaultToAdd } from '../../schemas/control/faults'
import type { Operation } from '../../schemas/control/requests'

/** Maximum number of faults, per account (null counts as one) and in total: every call looks at them. */
export const mostFaults = { ofAccount: 500, inAll: 5_000 }

/** A fault that applies to a call. */
export interface Strike {
  /** The fault's id. */
  id: string
  fault: FaultToAdd
}

/** Keeps faults, and counts the calls that they match. */
export interface Faults {
  /** Throws `tooManyFaults`. */
  add(accountId: string | null, fault: FaultToAdd): Promise<Fault>
  /** In the order in which they apply; with `accountId`, those that apply to the account's calls. */
  list(accountId: string | null): Promise<Fault[]>
  /** Returns whether the fault existed. */
  remove(id: string): Promise<boolean>
  /** Removes the faults of an account, or with null all faults. */
  removeAll(accountId: string | null): Promise<void>
  /** The fault that applies to this call, if any. Counts are exact, however many calls are concurrent. */
  strike(accountId: string, operation: Operation | undefined): Strike | null | Promise<Strike | null>
  /** The faults of an account, or with null all faults, with their counts. */
  export(accountId: string | null): Promise<ExportedFault[]>
  /** Appends exported faults to the existing ones. */
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
  /** Maximum number of calls that it applies to. */
  readonly times: number
  seen: number
  struck: number
}

/** Maximum number of calls that a fault applies to. */
export function timesOf({ times, always, every, after }: FaultToAdd): number {
  const isEndless = always ?? (every !== undefined || after !== undefined)
  return times ?? (isEndless ? Infinity : 1)
}

/** Whether a fault applies to calls of the account, or with null of any account. */
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
