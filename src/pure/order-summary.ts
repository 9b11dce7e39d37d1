import type { LiveOrder } from '../../schemas/control/live'
import type { OrderRequest } from '../../schemas/order'

/** A candidate's whole name; empty when none was given. */
export const candidateName = (candidate: OrderRequest['candidate']): string =>
  [candidate?.first_name, candidate?.last_name].filter(Boolean).join(' ')

/** What a list shows of an order. */
export const orderSummary = ({
  candidate,
  package: assessment,
}: OrderRequest): Pick<LiveOrder, 'candidate' | 'email' | 'package'> => ({
  candidate: candidateName(candidate) || null,
  email: candidate?.emails?.[0]?.value ?? null,
  package: assessment?.name ?? assessment?.id ?? null,
})
