import { pathOf } from '../http/request-path'
import { mask, withoutSecrets } from '../http/secret-names'

/** The URL of a webhook without the parts that may be secret: often the URL alone is enough to call it. */
export function withoutWebhookSecrets(url: string): string {
  const whole = withoutSecrets(url, isGenerated)
  const path = pathOf(whole)
  const [scheme, nothing, host, ...segments] = path.split('/')
  return (
    [scheme, nothing, host, ...segments.map((segment) => (isGenerated(segment) ? mask : segment))].join('/') +
    whole.slice(path.length)
  )
}

/** Whether the URL of a webhook has parts that may be secret. */
export const holdsSecret = (url: string): boolean => withoutWebhookSecrets(url) !== url

/** Whether a part looks machine-made: a long unbroken run, or a digit followed by a letter in a long part. */
const isGenerated = (part: string) => /[a-z\d]{20}/i.test(part) || (part.length >= 16 && /\d[a-z]/i.test(part))
