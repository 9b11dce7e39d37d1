import { pathOf } from '../http/request-path'
import { mask, withoutSecrets } from './secret-names'

/** The address of a webhook without what may let others in by it: whoever knows such an address may call it. */
export function withoutWebhookSecrets(url: string): string {
  const whole = withoutSecrets(url, isGenerated)
  const path = pathOf(whole)
  const [scheme, nothing, host, ...segments] = path.split('/')
  return (
    [scheme, nothing, host, ...segments.map((segment) => (isGenerated(segment) ? mask : segment))].join('/') +
    whole.slice(path.length)
  )
}

/** Whether the address of a webhook is worth keeping to oneself. */
export const holdsSecret = (url: string): boolean => withoutWebhookSecrets(url) !== url

/** Whether no person would write it: a long run without a break, or digits in the midst of letters. */
const isGenerated = (part: string) => /[a-z\d]{20}/i.test(part) || (part.length >= 16 && /\d[a-z]/i.test(part))
