import { defaults } from '../../defaults'
import { mask } from '../../http/secret-names'
import type { Secret } from '../evidence'

/** The shell's variables that stand for what must not be shown. */
export const keyVariable = 'STACKONE_API_KEY'
const accountVariable = 'STACKONE_ACCOUNT_ID'

/** With and without padding. */
function base64(text: string): string[] {
  const encoded = Buffer.from(text).toString('base64')
  return [encoded, encoded.replace(/=+$/, '')]
}

/** The ways in which `text` may be written in a request or an answer. */
const spellings = (text: string) => [text, JSON.stringify(text).slice(1, -1), encodeURIComponent(text)]

/** What no report may hold: the key, also as HTTP Basic encodes it, the account, and `hidden` values. */
export function secretsOf(key: string, account: string, hidden: readonly string[] = []): Secret[] {
  // The sandbox's own key is no secret, and part of many names.
  const plain = defaults.apiKeys.includes(key) ? [] : spellings(key)
  const all = [
    ...[...base64(`${key}:`), ...base64(key), ...plain].map((text) => ({ text, variable: keyVariable })),
    ...spellings(account).map((text) => ({ text, variable: accountVariable })),
    ...hidden.flatMap(spellings).map((text) => ({ text, variable: 'ID' })),
  ]
  // The longest first: one may be part of another.
  return all.filter(({ text }) => text !== '').sort((a, b) => b.text.length - a.text.length)
}

/** `text` without `secrets`. */
export const masked = (text: string, secrets: readonly Secret[]): string =>
  secrets.reduce((before, secret) => before.replaceAll(secret.text, mask), text)
