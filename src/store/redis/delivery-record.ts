import type { ChangesByKind } from '../changes'
import { readFacts, readProgress } from './entries'

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

/** The delivery `id` from the JSON texts of its facts and its progress; null when they are none. */
export function readDelivery([id, facts, progress]: DeliveryTexts): DeliveryRecord | null {
  const kept = readFacts(facts) as Facts | null
  const became = readProgress(progress) as Progress | null
  if (kept === null || became === null) return null
  return { ...kept, number: Number(id.slice(id.lastIndexOf('.') + 1)), ...became }
}

/** Its identifier, its facts and its progress. */
export type DeliveryTexts = readonly [id: string, facts: string | null, progress: string | null]
