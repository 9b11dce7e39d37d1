/** How a call is authenticated: `bare` has no colon after the key. */
export type Auth = 'key' | 'bare' | 'wrong' | 'bearer' | 'none'

/** Not that of anybody. */
const wrongKey = 'not-a-key'

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`

/** The header that authenticates a call; empty if none does. */
export function authorization(auth: Auth, key: string): Record<string, string> {
  const values = {
    // A key may come with its password.
    key: basic(key.includes(':') ? key : `${key}:`),
    bare: basic(key),
    wrong: basic(`${wrongKey}:`),
    bearer: `Bearer ${wrongKey}`,
    none: null,
  }
  return values[auth] === null ? {} : { authorization: values[auth] }
}
