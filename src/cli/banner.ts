import type { ControlAccess } from '../deps'
import { quoted } from '../pure/shell'

interface Served {
  url: string
  credentials: { username: string; password: string }
}

/** Without `-g` curl would take the brackets of an IPv6 address for a list of addresses. */
const quotedAddress = (url: string) => (url.includes('[') ? `-g ${quoted(url)}` : quoted(url))

/** What to print for a person who has started the sandbox: its address, the key, and a call to paste. */
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

/** The generated token, which nobody could know otherwise. */
const madeToken = ({ token, madeFor }: Pick<ControlAccess, 'token' | 'madeFor'>) =>
  madeFor.length === 0
    ? ''
    : `  Token     ${String(token)}
            required by /_sandbox and the inspector: other machines can reach this sandbox, and
            secrets are in ${madeFor.join(', ')}. Set SANDBOX_CONTROL_TOKEN to choose the token, or to none
            to require no token.
`
