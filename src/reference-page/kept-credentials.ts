import type { System } from './swagger'

export interface Credentials {
  key: string
  token: string
}

/** In the storage of the tab, which ends with it. */
const place = 'sandbox-docs-credentials'

/** The key of the sandbox, unless it is a secret. */
const defaultKey = () => document.querySelector<HTMLMetaElement>('meta[name="sandbox-key"]')?.content ?? ''

export function keptCredentials(): Credentials {
  const kept = sessionStorage.getItem(place)
  return kept === null ? { key: defaultKey(), token: '' } : (JSON.parse(kept) as Credentials)
}

let use: (credentials: Credentials) => void = () => undefined

/** Sends calls of `system` with the credentials that are kept, and with those that are set from now on. */
export function authorize({ authActions, authSelectors, preauthorizeBasic, preauthorizeApiKey }: System): void {
  const forget = (scheme: string) => {
    if (authSelectors.authorized()?.get(scheme) !== undefined) authActions.logout([scheme])
  }
  use = ({ key, token }) => {
    const [user = '', ...password] = key.split(':')
    if (key === '') forget('basic')
    else preauthorizeBasic('basic', user, password.join(':'))
    if (token === '') forget('bearer')
    else preauthorizeApiKey('bearer', token)
  }
  use(keptCredentials())
}

export function setCredentials(credentials: Credentials): void {
  sessionStorage.setItem(place, JSON.stringify(credentials))
  use(credentials)
}
