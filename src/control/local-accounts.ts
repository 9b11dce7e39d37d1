import { statusOf, whyMalformed } from '../accounts/accounts'
import { linkedAccount, linkedAccounts, type LinkedAccountsDeps } from '../accounts/linked-accounts'
import { maxAccountLength } from '../../schemas/headers'
import type { LinkedAccount } from '../../schemas/account'
import type { Deps } from '../deps'
import { errors } from '../errors'
import { endpointForOrders, packagesEndpoint } from '../provider/packages-endpoint'
import { fetchPackages } from '../provider/fetch-packages'
import type { AccountSettings } from '../store/account-settings'
import type { Happening } from '../store/records'
import { defaultSecret } from '../store/webhooks'
import { check, checkQuery } from '../validation/check'
import { accountFacts } from './account-facts'
import { calls } from './calls'
import type { Account, Control } from './control'
import { withoutBody } from './deliveries'
import { onOffer } from './orders'
import { whyNoWebhook } from './webhooks'
import { withoutWebhookSecrets } from './webhook-secrets'

type AccountsControl = Pick<
  Control,
  | 'listAccounts'
  | 'linkAccount'
  | 'unlinkAccount'
  | 'listPackages'
  | 'fetchPackages'
  | 'getPackagesEndpoint'
  | 'setPackagesEndpoint'
  | 'removePackagesEndpoint'
>

type Change = Partial<Pick<AccountSettings, 'provider' | 'status' | 'packages'>>

/** The calls about linked accounts and their packages endpoints. `one` returns the account that a call is about. */
export function localAccounts(
  deps: Deps,
  one: (account: Account) => string,
  { isOpen, requestId }: { isOpen: boolean; requestId: string | null },
): AccountsControl {
  const { accounts, clock, changes } = deps

  /** Changes the settings of an account; webhooks are notified if the account itself changes. */
  async function set(id: string, change: Change, isNews: boolean): Promise<void> {
    const facts = await accountFacts(deps)
    await accounts.change(id, (before) => {
      const status = statusOf(id, { ...facts, current: () => new Map(before && [[id, before]]) })
      const settings: AccountSettings = {
        ...{ id, provider: null, packages: null },
        ...before,
        // What links an account leaves none unlinked.
        status: isNews && status === 'unlinked' ? 'active' : status,
        ...change,
        updatedAt: clock.now(),
      }
      return { settings, news: isNews ? newsOf(settings, facts) : null }
    })
    changes.emit('setting', null)
  }

  function newsOf(settings: AccountSettings, facts: LinkedAccountsDeps): Happening | null {
    const { id } = settings
    const becomes = linkedAccount(id, { ...facts, current: () => new Map([[id, settings]]) })
    const shown = becomes ?? linkedAccount(id, facts)
    // Unlinked twice.
    if (shown === null) return null
    // Where any account is known, one that was never seen is new all the same.
    const isListed = linkedAccounts(facts).some((each) => each.id === id)
    const event = becomes === null ? 'account.deleted' : isListed ? 'account.updated' : 'account.created'
    const { provider, origin_owner_id, origin_owner_name, origin_username = null, setup_information = null } = shown
    const data = { provider, origin_owner_id, origin_owner_name, origin_username, setup_information }
    return { accountId: id, event, recordId: id, remoteId: null, data, requestId }
  }

  async function accountNow(id: string): Promise<LinkedAccount> {
    const account = linkedAccount(id, await accountFacts(deps))
    // It may have been unlinked meanwhile.
    if (account === null) throw errors.unknownAccount(id)
    return account
  }

  async function showEndpoint(id: string) {
    const endpoint = packagesEndpoint(deps, id)
    if (endpoint === null) return { url: null, isAuthenticated: false, isAsked: false }
    const url = isOpen ? withoutWebhookSecrets(endpoint.url) : endpoint.url
    return { url, isAuthenticated: endpoint.auth !== null, isAsked: endpointForOrders(deps, id) !== null }
  }

  return {
    listAccounts: async () => ({ accounts: linkedAccounts(await accountFacts(deps)) }),
    async linkAccount({ params: { id }, body }) {
      check(calls.linkAccount.body, body)
      if (whyMalformed(id) !== undefined) throw errors.malformedAccountId(maxAccountLength)
      const { provider, status } = body
      const change = { ...(provider && { provider: provider.toLowerCase() }), ...(status && { status }) }
      await set(id, change, true)
      return accountNow(id)
    },
    async unlinkAccount({ params: { id } }) {
      if (linkedAccount(id, await accountFacts(deps)) === null) throw errors.unknownAccount(id)
      await set(id, { status: 'unlinked' }, true)
    },
    async listPackages({ account, query }) {
      checkQuery(calls.listPackages.query, query)
      const { kind = 'assessment' } = query
      const packages = await onOffer[kind](deps, one(account))
      return { packages: packages.map(({ updated_at, ...each }) => each) }
    },
    async fetchPackages({ account, body }) {
      check(calls.fetchPackages.body, body)
      const accountId = one(account)
      const endpoint = packagesEndpoint(deps, accountId)
      if (endpoint === null) return { packages: [], problems: [noEndpoint], request: null, response: null }
      const report = await fetchPackages(deps, endpoint, { accountId, jobId: body.job_id ?? null, requestId })
      return isOpen ? { ...report, response: withoutBody(report.response) } : report
    },
    getPackagesEndpoint: ({ account }) => showEndpoint(one(account)),
    async setPackagesEndpoint({ account, body }) {
      check(calls.setPackagesEndpoint.body, body)
      const { url, secret = defaultSecret, auth = null } = body
      const problem = whyNoWebhook(url, 'body')
      if (problem !== null) throw errors.invalidBody([problem])
      const id = one(account)
      await set(id, { packages: { url, secret, auth } }, false)
      return showEndpoint(id)
    },
    async removePackagesEndpoint({ account }) {
      await set(one(account), { packages: null }, false)
    },
  }
}

const noEndpoint = {
  path: '',
  message: 'no packages endpoint is set: start with --packages-url, or use PUT /_sandbox/packages/endpoint',
}
