interface Served {
  url: string
  credentials: { username: string; password: string }
}

/** `text` as a shell takes it, quoted where it has to be. */
const quoted = (text: string) => (/^[\w:.-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`)

/** What a person who has just started the sandbox wants to know: where it is, the key, and a call to paste. */
export function banner({ url, credentials: { username, password } }: Served, account: string): string {
  return `
  StackOne assessments sandbox

  Address   ${url}
  API key   ${username}${password === '' ? ' (no password)' : ''}
  Inspector ${url}/
  Reference ${url}/docs

  Order an assessment:

  curl ${url}/unified/ats/assessments/orders \\
    -u ${quoted(`${username}:${password}`)} -H ${quoted(`x-account-id: ${account}`)} -H 'content-type: application/json' \\
    -d '{"candidate":{"first_name":"Mia","last_name":"Lindqvist"},"package":{"name":"TypeScript basics"}}'

`
}
