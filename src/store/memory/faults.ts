import { personaOf } from '../../accounts/personas'
import { errors } from '../../errors'
import { type Counted, type ExportedFault, type Faults, isFor, mostFaults, showFault, timesOf } from '../faults'

export interface MemoryFaults extends Faults {
  /** Removes the faults of an account, or with null all faults, and resets the counts of magic accounts. */
  reset(accountId: string | null): void
  /** All faults, with their counts up to now. */
  current(): Iterable<Counted>
  /** Adds faults as they were before, with their ids. */
  restore(faults: Iterable<Omit<Counted, 'times'>>): void
}

/** Faults in the memory of this process. */
export function memoryFaults(): MemoryFaults {
  /** By id, in the order in which they apply. */
  const all = new Map<string, Counted>()
  let added = 0
  const ofPersonas = new Map<string, Counted>()

  /** The fault of a magic account; undefined for an ordinary one. */
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
      // A fault counts only calls that no earlier fault answered.
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
    reset(accountId) {
      removeAll(accountId)
      if (accountId !== null) ofPersonas.delete(accountId)
      else {
        ofPersonas.clear()
        added = 0
      }
    },
    current: () => all.values(),
    restore(faults) {
      for (const fault of faults) {
        all.set(fault.id, { ...fault, times: timesOf(fault.fault) })
        added = Math.max(added, Number(fault.id.replace('fault-', '')))
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

function isDue({ fault: { every = 1, after = 0 }, seen }: Counted): boolean {
  const counted = seen - after
  return counted > 0 && counted % every === 0
}
