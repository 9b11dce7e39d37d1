import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * The `x-stackone-signature` of `rawBody` (docs/contract.md: Webhooks): HMAC-SHA256 with the webhook's secret, in
 * base64url without padding.
 */
export const signatureOf = (rawBody: string | Uint8Array, secret: string): string =>
  createHmac('sha256', secret).update(rawBody).digest('base64url')

/**
 * Whether `header`, the `x-stackone-signature` of a webhook, matches `rawBody`: the bytes as received, not a body that
 * was parsed and serialised again. While a secret is being rotated, give both: the signature may be of either. Padding in
 * the header is tolerated. Never throws.
 */
export function verifySignature(
  rawBody: string | Uint8Array,
  header: string | readonly string[] | null | undefined,
  secret: string | readonly string[],
): boolean {
  if (typeof header !== 'string') return false
  const given = Buffer.from(header.replace(/=+$/, ''))
  return [secret].flat().some((each) => {
    const expected = Buffer.from(signatureOf(rawBody, each))
    return expected.length === given.length && timingSafeEqual(expected, given)
  })
}
