import { useEffect } from 'preact/hooks'
import type { LinkedAccount } from '../../../../schemas/account'
import { read } from '../../api'
import { Badge } from '../../components/badge'
import { Problem } from '../../components/problem'
import { TwoPanes } from '../../components/two-panes'
import { useRead } from '../../components/use-read'
import { listLink, setQuery } from '../../route'

/** The account of examples, where any is allowed. */
const usual = 'acme'

/** Each account has an ATS of its own. With one account or none, there is nothing to choose. */
export function ChooseAccount() {
  const { value, error } = useRead('', () => read<{ accounts: LinkedAccount[] }>('accounts'))
  const accounts = value?.accounts ?? []
  const only = value !== null && accounts.length < 2 ? (accounts[0]?.id ?? usual) : ''
  useEffect(() => {
    if (only !== '') setQuery('account', only)
  }, [only])
  return (
    <TwoPanes
      view="ats"
      title="ATS"
      openKey=""
      detail={null}
      advice="Each account has an ATS of its own."
      list={
        error ? (
          <Problem error={error} />
        ) : value === null ? (
          <p class="empty quiet">Loading…</p>
        ) : (
          <>
            <p class="summary">Select an account, or enter another one at the top.</p>
            <ul class="rows">
              {accounts.map(({ id, provider_name: provider, status }) => (
                <li key={id}>
                  <a class="row" href={listLink('ats', { account: id })} data-key={id}>
                    <strong class="clipped">{id}</strong>
                    <span class="aside">
                      {provider}
                      {status !== 'active' && <Badge tone="bad">{status}</Badge>}
                    </span>
                  </a>
                </li>
              ))}
            </ul>
          </>
        )
      }
    />
  )
}
