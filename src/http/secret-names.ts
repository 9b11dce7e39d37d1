import { unescape } from 'node:querystring'
import { pathOf } from './request-path'

/** StackOne's webhook signature: it authenticates a payload, but grants no access. */
const ownSignature = 'x-stackone-signature'

/** Words that indicate a credential anywhere in a name. */
const secretWord =
  /^(keys?|tokens?|secrets?|sessions?|cookies?|sid|auth|oauth|authorization|authentication|passwords?|pass|pw|pwd|passcode|credentials?|creds|jwt|bearer|otp|csrf|xsrf|signature|sig)$/

/** The same within compound words: matches `accesstoken` and `jsessionid`, but not `obsession` or `secretary`. */
const secretPart =
  /(?<!ob|pos)session|sess(id)?$|token(?!i[sz])|secret(?!ar)|passw|passphrase|cookie(?!cutter)|credential|authoriz/
/** Words that end like `apikey` and `stripekey`, except `monkey`, `hockey`, `whiskey` and the like. */
const keyEnding = /(?<!^(mon|don|tur|hoc|joc|flun|whis|hot|idempotency))keys?(id|value|base)?$/

/** Whether the name of a header or query parameter indicates a key, token, secret, session or cookie. */
export function isSecretName(name: string): boolean {
  if (name.toLowerCase() === ownSignature) return false
  const words = wordsOf(name)
  return words.some((word, i) => {
    // An idempotency key identifies a call, but grants no access.
    if (/^idempoten(cy|t) (key|token)$/.test(`${String(words[i - 1])} ${word}`)) return false
    return secretWord.test(word) || secretPart.test(word) || keyEnding.test(word)
  })
}

/** Splits `X-Api-Key`, `api_key` and `apiKey` into words such as `api` and `key`. */
const wordsOf = (name: string) =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)

/** Replaces a secret. */
export const mask = '***'

/** A path or URL without credentials and the values of secret query parameters. */
export function withoutSecrets(url: string, isSecretValue: (value: string) => boolean = () => false): string {
  const before = pathOf(url)
  const plain = before.replace(/^([a-z][a-z\d+.-]*:)?\/\/[^/]*@/i, `$1//${mask}@`)
  return before === url
    ? plain
    : `${plain}?${url
        .slice(before.length + 1)
        .split('&')
        .map(withoutSecret)
        .join('&')}`

  function withoutSecret(parameter: string): string {
    // Other servers may split at ; and ? too. Up to the next &, what follows a secret may be part of it.
    const pieces = parameter.split(/([;?])/)
    for (const [i, piece] of pieces.entries()) {
      const [, name = '', value = ''] = /^([^=]*)=([^]*)$/.exec(piece) ?? []
      if (value === '') continue
      if (isSecretName(unescape(name)) || isSecretValue(value) || holdsSecret(value))
        return `${pieces.slice(0, i).join('')}${name}=${mask}`
    }
    return parameter
  }
}

/** Whether the value of a parameter is a percent-encoded URL with a secret in its own query. */
function holdsSecret(value: string): boolean {
  const inner = unescape(value)
  return inner !== value && inner.includes('?') && withoutSecrets(inner) !== inner
}
