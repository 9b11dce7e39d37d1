import type { OrderRequest } from '../../schemas/order'
import type { AssessmentResult } from '../../schemas/result'
import { errors } from '../errors'
import type { Store } from '../store/store'
import { findOrder } from './find-order'

/**
 * The result of an order, its candidate being the order's where the result names none. Throws `unknownOrder`, and
 * `noResultYet` before anything was recorded (assumed: nothing public says what StackOne answers then).
 */
export async function readResult(store: Store, accountId: string, orderId: string): Promise<AssessmentResult> {
  const order = await findOrder(store, accountId, orderId)
  if (order.result === null) throw errors.noResultYet(orderId)
  const { candidate } = JSON.parse(order.request) as OrderRequest
  const result = JSON.parse(order.result) as AssessmentResult
  return {
    ...result,
    candidate: {
      id: candidate?.id,
      remote_id: candidate?.remote_id,
      profile_url: candidate?.profile_url,
      ...result.candidate,
    },
  } as AssessmentResult
}
