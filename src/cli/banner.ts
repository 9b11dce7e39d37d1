import type { ControlAccess } from '../deps'
import { quoted } from '../pure/shell'

interface Served {
  url: string
  credentials: { username: string; password: string }
}

/** Without `-g` curl would take the brackets of an IPv6 address for a list of addresses. */
const quotedAddress = (url: string) => (url.includes('[') ? `-g ${quoted(url)}` : quoted(url))

/** What a person who has just started the sandbox wants to know: where it is, the key, and a call to paste. */
export function banner(
  { url, credentials: { username, password } }: Served,
  account: string,
  access?: Pick<ControlAccess, 'token' | 'madeFor'>,
): string {
  return `
  StackOne assessments sandbox

  Address   ${url}
  API key   ${username}${password === '' ? ' (no password)' : ''}
  Inspector ${url}/
  Reference ${url}/docs
${access ? madeToken(access) : ''}
  Order an assessment:

  curl ${quotedAddress(`${url}/unified/ats/assessments/orders`)} \\
    -u ${quoted(`${username}:${password}`)} -H ${quoted(`x-account-id: ${account}`)} -H 'content-type: application/json' \\
    -d '{"candidate":{"first_name":"Mia","last_name":"Lindqvist"},"package":{"name":"TypeScript basics"}}'

`
}

/** The token that was made at the start: nobody could know it otherwise. */
const madeToken = ({ token, madeFor }: Pick<ControlAccess, 'token' | 'madeFor'>) =>
  madeFor.length === 0
    ? ''
    : `  Token     ${String(token)}
            /_sandbox and the inspector need it, since others reach this sandbox and ${madeFor.join(', ')} holds
            secrets. Set SANDBOX_CONTROL_TOKEN to choose it, or to none to leave them open.
`
