import type { Fault, FaultToAdd } from '../../schemas/control/faults'
import type { Operation } from '../../schemas/control/requests'
import { errors } from '../errors'
import { personaOf } from '../accounts/personas'

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
  /** Whether other processes may change them: then the store refuses an order that was made before a change. */
  readonly isShared: boolean
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
  /** Takes the faults of an account away, or with null all. */
  reset(accountId: string | null): Promise<void>
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

interface Counted {
  readonly id: string
  readonly accountId: string | null
  readonly fault: FaultToAdd
  /** How often it strikes at most. */
  readonly times: number
  seen: number
  struck: number
}

/** Faults in the memory of this process. */
export function memoryFaults(): Faults {
  /** By their identifiers, in the order in which they strike. */
  const all = new Map<string, Counted>()
  let added = 0
  const ofPersonas = new Map<string, Counted>()

  /** What the account does by itself; undefined for an ordinary one. */
  function ownFault(accountId: string): Counted | undefined {
    const persona = personaOf(accountId)
    if (persona?.fault === undefined) return undefined
    const { id, fault, alreadySeen: seen = 0 } = persona
    const counted = ofPersonas.get(id) ?? { id, accountId, fault, times: Infinity, seen, struck: 0 }
    ofPersonas.set(id, counted)
    return counted
  }

  function append(given: ExportedFault): Counted {
    const counted = { id: `fault-${String(++added)}`, ...given, times: timesOf(given.fault) }
    all.set(counted.id, counted)
    return counted
  }

  const ofAccount = (accountId: string | null) => [...all.values()].filter((each) => each.accountId === accountId)

  function removeAll(accountId: string | null) {
    if (accountId === null) all.clear()
    else for (const { id } of ofAccount(accountId)) all.delete(id)
  }

  return {
    isShared: false,
    async add(accountId, fault) {
      if (all.size >= mostFaults.inAll) throw errors.tooManyFaults(mostFaults.inAll)
      if (ofAccount(accountId).length >= mostFaults.ofAccount) throw errors.tooManyFaults(mostFaults.ofAccount)
      return showFault(append({ accountId, fault, seen: 0, struck: 0 }))
    },
    list: async (accountId) => [...all.values()].filter(isFor(accountId)).map(showFault),
    remove: async (id) => all.delete(id),
    async removeAll(accountId) {
      removeAll(accountId)
    },
    strike(accountId, operation) {
      const own = ownFault(accountId)
      // Each counts the calls that none before it took.
      for (const each of own === undefined ? all.values() : [...all.values(), own]) {
        const { on = '*' } = each.fault
        if (each.struck >= each.times || (on !== '*' && on !== operation) || !isFor(accountId)(each)) continue
        each.seen++
        if (!isDue(each)) continue
        each.struck++
        return { id: each.id, fault: each.fault }
      }
      return null
    },
    async reset(accountId) {
      removeAll(accountId)
      if (accountId !== null) ofPersonas.delete(accountId)
      else {
        ofPersonas.clear()
        added = 0
      }
    },
    export: async (accountId) =>
      [...all.values()]
        .filter((each) => accountId === null || each.accountId === accountId)
        .map(({ accountId, fault, seen, struck }) => ({ accountId, fault, seen, struck })),
    async import(faults) {
      for (const fault of faults) append(fault)
    },
  }
}

/** How often a fault strikes at most. */
export function timesOf({ times, always, every, after }: FaultToAdd): number {
  const isEndless = always ?? (every !== undefined || after !== undefined)
  return times ?? (isEndless ? Infinity : 1)
}

function isDue({ fault: { every = 1, after = 0 }, seen }: Counted): boolean {
  const counted = seen - after
  return counted > 0 && counted % every === 0
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
