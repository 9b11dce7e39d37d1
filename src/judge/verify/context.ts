import { randomIds, seededIds } from '../../ids'
import { type Line, makeCall } from './call'
import type { Context } from './probe'

/** What probes work with, to call the server of `line`. With a seed, the ids that they invent are those of every run. */
export function contextOf(line: Line, seed: string | undefined): Context {
  const ids = seed === undefined ? randomIds : seededIds(seed)
  const made = new Map<string, Promise<unknown>>()
  return {
    account: line.account,
    orderId: `verify-${ids.uuid()}`,
    unknownId: `verify-${ids.uuid()}`,
    call: (call) => makeCall(line, call),
    once<T>(name: string, make: () => Promise<T>) {
      const result = made.get(name) ?? make()
      made.set(name, result)
      return result as Promise<T>
    },
    last: [],
  }
}

/** Removes what the probes have made, as far as the server lets it. */
export async function leaveNothing({ last }: Context): Promise<void> {
  for (const each of last) await each().catch(() => undefined)
}
