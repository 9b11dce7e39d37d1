import { unescape } from 'node:querystring'

/** What StackOne signs webhooks with: it proves a payload, and opens nothing. */
const ownSignature = 'x-stackone-signature'

/** Words that speak of a credential wherever they stand in a name. */
const secretWord =
  /^(keys?|tokens?|secrets?|sessions?|cookies?|sid|auth|oauth|authorization|authentication|passwords?|pass|pw|pwd|passcode|credentials?|creds|jwt|bearer|otp|csrf|xsrf|signature|sig)$/

/** The same in names that are written in one: `apikey`, `accesstoken`, `jsessionid`, but neither `monkey` nor `obsession`. */
const secretEnding =
  /((?<!ob|pos)session|sessid|token|secret|password|passwd|passphrase|cookie|credential|authorization)(s|id|key|value)?$/
const keyEnding =
  /(^|x|api|app|access|auth|secret|private|public|client|master|shared|signing|encryption|license|subscription|service|account|user|host|function|webhook|hmac|ssh|aes|rsa)keys?(id|value)?$/

/** Whether the name of a header or a query parameter speaks of a key, a token, a secret, a session or a cookie. */
export function isSecretName(name: string): boolean {
  if (name.toLowerCase() === ownSignature) return false
  const words = wordsOf(name)
  return words.some((word, i) => {
    // It tells one call from another, and opens nothing.
    if (/^idempoten(cy|t) (key|token)$/.test(`${String(words[i - 1])} ${word}`)) return false
    return secretWord.test(word) || secretEnding.test(word) || keyEnding.test(word)
  })
}

/** `X-Api-Key`, `api_key` and `apiKey` as `api`, `key`. */
const wordsOf = (name: string) =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)

/** What stands in the place of a secret. */
export const mask = '***'

/** A path or an address, without its credentials and without the values of query parameters that are a secret. */
export function withoutSecrets(url: string, isSecretValue: (value: string) => boolean = () => false): string {
  const [, before = '', query] = /^([^?]*)(?:\?([^]*))?$/.exec(url) ?? []
  const plain = before.replace(/^([a-z][a-z\d+.-]*:)?\/\/[^/]*@/i, `$1//${mask}@`)
  return query === undefined ? plain : `${plain}?${query.split('&').map(withoutSecret).join('&')}`

  function withoutSecret(parameter: string): string {
    const [, name = '', value = ''] = /^([^=]*)=([^]*)$/.exec(parameter) ?? []
    if (value === '') return parameter
    if (isSecretName(unescape(name)) || isSecretValue(value)) return `${name}=${mask}`
    // Others may take these for separators too.
    const [, first, separator, rest] = /^([^;?]*)([;?])([^]*)$/.exec(value) ?? []
    return rest === undefined ? parameter : `${name}=${String(first)}${String(separator)}${withoutSecret(rest)}`
  }
}
