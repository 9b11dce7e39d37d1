import type { ResultUpdate } from '../../schemas/result'
import { type KnownAccounts, providerOf } from '../accounts/accounts'
import { hasRule } from '../accounts/providers'
import { errors, type SandboxError } from '../errors'
import { isFinished, type StoredOrder } from '../store/records'

/**
 * Why the ATS that an account is linked to refuses a result (docs/contract.md: Differences between providers); undefined if it doesn't.
 * `before` and `after` are the order without and with the result, which `after` has.
 */
export function whyRefusedByProvider(
  before: StoredOrder,
  after: StoredOrder,
  accounts: KnownAccounts,
): SandboxError | undefined {
  const { accountId } = before
  const provider = providerOf(accountId, accounts)
  if (provider === null) return undefined
  const refusal = (why: string) => errors.providerRefuses({ provider, why })
  if (hasRule(accountId, accounts, 'one final result') && before.result !== null && isFinished(before))
    return refusal('The result is final: multiple updates are not allowed')
  if (!hasRule(accountId, accounts, 'complete scores')) return undefined
  const missing = missingIn(JSON.parse(String(after.result)) as ResultUpdate)
  return missing.length === 0 ? undefined : refusal(`${missing.join(', ')} must be given`)
}

/** The properties that an incomplete score or attachment lacks. */
function missingIn({ score, attachments }: ResultUpdate): string[] {
  const inScore = score == null ? [] : (['value', 'min', 'max'] as const).filter((name) => score[name] == null)
  const inAttachments = (attachments ?? []).flatMap(({ url, content_type: type }, i) => [
    ...(url == null ? [`attachments/${String(i)}/url`] : []),
    ...(type?.value == null ? [`attachments/${String(i)}/content_type`] : []),
  ])
  return [...inScore.map((name) => `score/${name}`), ...inAttachments]
}
