import type { OrderRequest } from '../../schemas/order'
import type { ResultUpdate } from '../../schemas/result'
import { type Outcome, outcomes } from '../../schemas/test-form'
import { isoTime } from '../date-time'
import type { StoredOrder } from '../store/records'
import { testUrl } from './find-order'

/** The details of an outcome. */
export interface OutcomeDetails {
  /** Per cent. */
  score?: string
  summary?: string
}

/**
 * The result a provider would report if the test of `order` ended at `now` (milliseconds since 1970) with `outcome`.
 */
export function resultOf(
  order: StoredOrder,
  outcome: Outcome,
  { score, summary }: OutcomeDetails,
  now: number,
): ResultUpdate {
  const isSubmitted = outcome !== 'cancelled' && outcome !== 'expired'
  const startedAt = order.startedAt ?? (isSubmitted ? now : null)
  return {
    ...(score !== undefined && { score: { label: 'Percentage', value: score, min: '0', max: '100' } }),
    ...(startedAt !== null && { start_date: isoTime(startedAt) }),
    ...(isSubmitted && { submission_date: isoTime(now) }),
    ...(summary !== undefined && { summary }),
    result: { value: outcome, source_value: outcome.charAt(0).toUpperCase() + outcome.slice(1) },
    result_url: testUrl(order),
  }
}

const believable: Record<Outcome, OutcomeDetails> = {
  passed: { score: '92' },
  failed: { score: '41' },
  completed: { score: '75' },
  cancelled: {},
  expired: {},
}

const magic = new RegExp(`\\+(${outcomes.join('|')})@[^@]*$`, 'i')

/**
 * The outcome that a candidate's e-mail address requests, such as `mia+passed@example.com`, with a matching score; null
 * if no address requests one. The first address that does decides.
 */
export function magicOutcome(candidate: OrderRequest['candidate']): [Outcome, OutcomeDetails] | null {
  for (const email of candidate?.emails ?? []) {
    const [, found] = magic.exec(email.value ?? '') ?? []
    if (found === undefined) continue
    const outcome = found.toLowerCase() as Outcome
    return [
      outcome,
      { ...believable[outcome], summary: `Finished automatically: +${outcome} in the e-mail address requests it.` },
    ]
  }
  return null
}
