import type { LinkedAccountsDeps } from '../accounts/linked-accounts'
import { type Deps, knownAccounts } from '../deps'

/** Accounts with orders that are looked at; the latest ones. */
const mostWithOrders = 10_000

/** What the linked accounts are made from. */
export async function accountFacts(
  deps: Pick<Deps, 'config' | 'accounts' | 'store' | 'since'>,
): Promise<LinkedAccountsDeps> {
  const [seen, withOrders] = await Promise.all([deps.accounts.seen(), deps.store.accounts(mostWithOrders)])
  return {
    ...knownAccounts(deps),
    seen: new Set([...seen, ...withOrders]),
    since: deps.since(),
    updatedAt: (id) => deps.accounts.current().get(id)?.updatedAt,
  }
}
