import type { ControlOrder } from '../../../schemas/control/orders'
import type { AccountControl } from '../../control/account-control'
import type { Ids } from '../../ids'
import { once } from './once'

/** Somebody whose name makes no trouble, unlike those of some candidates that are invented. */
const usualName = ['Mia', 'Brown'] as const

/** Several scripts, directions, combining marks, an apostrophe, characters outside the basic plane. */
const namesInAnyScript = [
  ['Zoë', "O'Brien-Łukasiewicz"],
  ['Ирина', 'Щербакова'],
  ['明美', '髙橋'],
  ['نور', 'الهاشمي'],
  ['אביגיל', 'כהן'],
  ['प्रिया', 'शर्मा'],
  ['Ngọc', 'Nguyễn Thị'],
  ['𠮷田', '😀 "Ace" <b>'],
] as const

/** More than the checks need. */
const usualOrders = 40

/** The orders that a provider is told about. */
export interface OrdersToTell {
  /** One that nobody was told about yet. */
  next(): Promise<ControlOrder>
  /** Those of candidates whose names are in several scripts. */
  inAnyScript(): Promise<ControlOrder[]>
}

/**
 * Orders assessments as a recruiter would. All are placed before the first is needed: ids are drawn in turn, and a seed
 * would not make them repeatable if the provider's calls came in between.
 */
export function ordersToTell(account: AccountControl, ids: Ids): OrdersToTell {
  async function place([first, last]: readonly [string, string]) {
    const candidate = { first_name: first, last_name: last, emails: [{ value: 'candidate@example.com' }] }
    return account.orders.create({ id: ids.uuid(), candidate })
  }

  async function placeAll(names: readonly (readonly [string, string])[]) {
    const orders = []
    for (const name of names) orders.push(await place(name))
    return orders
  }
  const all = once(async () => ({
    usual: await placeAll(Array.from({ length: usualOrders }, () => usualName)),
    named: await placeAll(namesInAnyScript),
  }))
  return {
    async next() {
      const [next] = (await all()).usual.splice(0, 1) as [ControlOrder]
      return next
    },
    inAnyScript: async () => (await all()).named,
  }
}
