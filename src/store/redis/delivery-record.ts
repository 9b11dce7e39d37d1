import type { ChangesByKind } from '../../changes'

type Delivery = ChangesByKind['delivery']

/** What becomes of a delivery: the part of it that changes. */
export type Progress = Pick<Delivery, 'status' | 'nextAttemptAt' | 'attempts'> & {
  /** Attempts of earlier rounds, before a replay. */
  earlier: number
}

/** A delivery as Redis keeps it. */
export type DeliveryRecord = Delivery & Progress

/** What is kept of a delivery from its beginning; its number is a part of its identifier. */
export type Facts = Omit<Delivery, 'number' | keyof Progress>

/** The delivery `id` from the JSON texts of its facts and its progress. */
export function readDelivery([id, facts, progress]: readonly [string, string, string]): DeliveryRecord {
  return {
    ...(JSON.parse(facts) as Facts),
    number: Number(id.slice(id.lastIndexOf('.') + 1)),
    ...(JSON.parse(progress) as Progress),
  }
}
