import type { ControlAccess } from '../deps'
import { quoted } from '../pure/shell'

/** What a banner shows. */
export interface Shown {
  /** Where the sandbox listens: first the address for this machine. */
  addresses: readonly [string, ...string[]]
  credentials: { username: string; password: string }
  /** An account to paste. */
  account: string
  access: ControlAccess
  /** The file with the certificate of a sandbox that serves HTTPS. */
  certificate: string | null
  /** What differs from the defaults, each with a label. */
  differences: readonly (readonly [label: string, lines: readonly string[]])[]
}

/** Without `-g` curl would take the brackets of an IPv6 address for a list of addresses. */
const quotedAddress = (url: string) => (url.includes('[') ? `-g ${quoted(url)}` : quoted(url))
/** What to print for a person who has started the sandbox: its address, the key, and a call to paste. */
export function banner({
  addresses,
  credentials: { username, password },
  account,
  access,
  certificate,
  differences,
}: Shown): string {
  const [url] = addresses
  return `
  StackOne assessments sandbox

${row('Address', addresses)}
  API key   ${username}${password === '' ? ' (no password)' : ''}
  Inspector ${url}/
  Reference ${url}/docs
${tokenLines(access)}${changed(differences)}
  Order an assessment:

  curl ${trusting(certificate)}${quotedAddress(`${url}/unified/ats/assessments/orders`)} \\
    -u ${quoted(`${username}:${password}`)} -H ${quoted(`x-account-id: ${account}`)} -H 'content-type: application/json' \\
    -d '{"candidate":{"first_name":"Mia","last_name":"Lindqvist"},"package":{"name":"TypeScript basics"}}'

`
}

const trusting = (certificate: string | null) => (certificate === null ? '' : `--cacert ${quoted(certificate)} `)

const changed = (differences: Shown['differences']) =>
  differences.length === 0
    ? ''
    : `
  Changed settings:

${differences.map(([label, lines]) => row(label, lines)).join('\n')}
`

const row = (label: string, lines: readonly string[]) =>
  lines.map((line, i) => `  ${(i === 0 ? label : '').padEnd(9)} ${line.replace(/\p{Cc}/gu, '?')}`).join('\n')

/** Whether a token is required. One that was generated is shown, since nobody could know it otherwise. */
function tokenLines({ token, madeFor, isOpen }: ControlAccess): string {
  if (madeFor.length > 0)
    return `  Token     ${String(token)}
            required by /_sandbox and the inspector: other machines can reach this sandbox, and
            secrets are in ${madeFor.join(', ')}. Set SANDBOX_CONTROL_TOKEN to choose the token, or to none
            to require no token.
`
  if (token !== null) return '  Token     the one that you set, required by /_sandbox and the inspector\n'
  return isOpen
    ? `  Token     none: anyone who reaches these addresses can control this sandbox.
            Set SANDBOX_CONTROL_TOKEN to require a token.
`
    : ''
}
