import { unescape } from 'node:querystring'
import { pathOf } from '../http/request-path'

/** What StackOne signs webhooks with: it proves a payload, and opens nothing. */
const ownSignature = 'x-stackone-signature'

/** Words that speak of a credential wherever they stand in a name. */
const secretWord =
  /^(keys?|tokens?|secrets?|sessions?|cookies?|sid|auth|oauth|authorization|authentication|passwords?|pass|pw|pwd|passcode|credentials?|creds|jwt|bearer|otp|csrf|xsrf|signature|sig)$/

/** The same in names that are written in one: `accesstoken`, `jsessionid`, but neither `obsession` nor `secretary`. */
const secretPart =
  /(?<!ob|pos)session|sess(id)?$|token(?!i[sz])|secret(?!ar)|passw|passphrase|cookie(?!cutter)|credential|authoriz/
/** `apikey`, `stripekey` and whatever ends so, but no animal, no sport and no drink. */
const keyEnding = /(?<!^(mon|don|tur|hoc|joc|flun|whis|hot|idempotency))keys?(id|value|base)?$/

/** Whether the name of a header or a query parameter speaks of a key, a token, a secret, a session or a cookie. */
export function isSecretName(name: string): boolean {
  if (name.toLowerCase() === ownSignature) return false
  const words = wordsOf(name)
  return words.some((word, i) => {
    // It tells one call from another, and opens nothing.
    if (/^idempoten(cy|t) (key|token)$/.test(`${String(words[i - 1])} ${word}`)) return false
    return secretWord.test(word) || secretPart.test(word) || keyEnding.test(word)
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
    // Others may take these for separators too. What stands behind a secret up to the next & may be a part of it.
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

/** Whether the value of a parameter is an address, percent-encoded, that has a secret in its own query. */
function holdsSecret(value: string): boolean {
  const inner = unescape(value)
  return inner !== value && inner.includes('?') && withoutSecrets(inner) !== inner
}
