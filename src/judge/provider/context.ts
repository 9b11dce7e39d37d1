import type { AccountControl } from '../../control/account-control'
import type { Ids } from '../../ids'
import type { Finding } from '../check'
import type { PackagesEndpoint } from './packages-endpoint'
import type { Receiver } from './receiver'
import type { Results } from './results'

/** What the checks of a provider work with. A part whose address was not given is null. */
export interface ProviderContext {
  accountId: string
  /** The account in the judge's own sandbox, where the provider's client arrives. */
  account: AccountControl
  ids: Ids
  packages: PackagesEndpoint | null
  receiver: Receiver | null
  results: Results
}

/** The finding of a check whose address was not given. */
export const notGiven = (option: string): Finding => ({ verdict: 'skip', why: `no ${option} was given` })

/** Calls `make` once, when it is first needed: checks share what they all rely on. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}
