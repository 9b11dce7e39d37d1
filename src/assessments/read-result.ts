import type { OrderRequest } from '../../schemas/order'
import type { AssessmentResult } from '../../schemas/result'
import { errors } from '../errors'
import type { StoredOrder } from '../store/records'

/**
 * The result of an order. Throws `noResultYet` if nothing was reported yet (assumed: StackOne's answer is
 * undocumented).
 */
export function readResult({ id, request, result }: StoredOrder): AssessmentResult {
  if (result === null) throw errors.noResultYet(id)
  return asResult(request, result)
}

/** The reported result with the candidate of its order. Both arguments are JSON texts. */
export function asResult(request: string, result: string): AssessmentResult {
  const { candidate } = JSON.parse(request) as OrderRequest
  const reported = JSON.parse(result) as AssessmentResult
  return { ...reported, ...candidateOf(reported, candidate) }
}

type Candidate = NonNullable<AssessmentResult['candidate']>

/** The order's candidate if the report names none or the same one; otherwise the candidate as reported. */
function candidateOf(reported: AssessmentResult, ordered: OrderRequest['candidate']): { candidate?: Candidate | null } {
  if (reported.candidate === null) return { candidate: null }
  const candidate = withOwnId(reported.candidate, ordered)
  const isOther = candidate?.id != null && candidate.id !== ordered?.id && candidate.id !== ordered?.remote_id
  if (isOther) return { candidate: pickCandidate(candidate, {}) }
  return candidate || ordered ? { candidate: pickCandidate({ ...ordered, ...candidate }, ordered ?? {}) } : {}
}

/** A report may name the candidate by the remote id too (docs/contract.md: Identifiers). */
const withOwnId = (candidate: Candidate | undefined, ordered: OrderRequest['candidate']) =>
  candidate?.id != null && ordered?.id != null && candidate.id === ordered.remote_id
    ? { ...candidate, id: ordered.id }
    : candidate

/** The published properties. The provider's identifier is taken from the order, since a report has none. */
function pickCandidate({ id, profile_url }: Candidate, { remote_id }: Candidate): Candidate {
  return {
    ...(id !== undefined && { id }),
    ...(remote_id !== undefined && { remote_id }),
    ...(profile_url !== undefined && { profile_url }),
  }
}
