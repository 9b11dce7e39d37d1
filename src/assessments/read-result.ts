import type { OrderRequest } from '../../schemas/order'
import type { AssessmentResult } from '../../schemas/result'
import { errors } from '../errors'
import type { Store } from '../store/store'
import { findOrder } from './find-order'

/**
 * The result of an order. Throws `unknownOrder`, and `noResultYet` before anything was reported (assumed: nothing public
 * says what StackOne answers then).
 */
export async function readResult(store: Store, accountId: string, orderId: string): Promise<AssessmentResult> {
  const order = await findOrder(store, accountId, orderId)
  if (order.result === null) throw errors.noResultYet(orderId)
  return asResult(order.request, order.result)
}

/** What was reported of a result, and the candidate of its order; both arguments are JSON texts. */
export function asResult(request: string, result: string): AssessmentResult {
  const { candidate } = JSON.parse(request) as OrderRequest
  const reported = JSON.parse(result) as AssessmentResult
  return { ...reported, ...candidateOf(reported, candidate) }
}

type Candidate = NonNullable<AssessmentResult['candidate']>

/** The order's candidate where the report names none or the same one; another one is taken as reported. */
function candidateOf(reported: AssessmentResult, ordered: OrderRequest['candidate']): { candidate?: Candidate | null } {
  const { candidate } = reported
  if (candidate === null) return { candidate }
  if (candidate?.id != null && candidate.id !== ordered?.id) return { candidate: pickCandidate(candidate, {}) }
  return candidate || ordered ? { candidate: pickCandidate({ ...ordered, ...candidate }, ordered ?? {}) } : {}
}

/** The published properties; the provider's identifier is the order's, for a report has none. */
function pickCandidate({ id, profile_url }: Candidate, { remote_id }: Candidate): Candidate {
  return {
    ...(id !== undefined && { id }),
    ...(remote_id !== undefined && { remote_id }),
    ...(profile_url !== undefined && { profile_url }),
  }
}
