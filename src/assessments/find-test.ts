import type { OrderRequest } from '../../schemas/order'
import type { OrderState, Store } from '../store/store'

/** What a candidate is shown of the assessment that was ordered. */
export interface CandidateTest {
  orderId: string
  accountId: string
  /** Null when the order names nobody. */
  candidateName: string | null
  /** Null when the order names no package. */
  packageName: string | null
  state: OrderState
}

/** The assessment behind the `token` of a `test_url`; null when there is none. */
export async function findTest(store: Store, token: string): Promise<CandidateTest | null> {
  const order = await store.findOrderByToken(token)
  if (order === null) return null
  const { candidate, package: assessment } = JSON.parse(order.request) as OrderRequest
  const name = [candidate?.first_name, candidate?.last_name].filter(Boolean).join(' ')
  return {
    orderId: order.id,
    accountId: order.accountId,
    candidateName: name || null,
    packageName: assessment?.name ?? assessment?.id ?? null,
    state: order.state,
  }
}
