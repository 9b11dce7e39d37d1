import type { ChangesByKind } from '../changes'
import { readFacts, readProgress } from './entries'

type Delivery = ChangesByKind['delivery']

/** The part of a delivery that changes. */
export type Progress = Pick<Delivery, 'status' | 'nextAttemptAt' | 'attempts'> & {
  /** How many of the attempts were made before the last replay. */
  earlier: number
}

/** A delivery as Redis keeps it. */
export type DeliveryRecord = Delivery & Progress

/** The part of a delivery that never changes. Its number is a part of its id. */
export type Facts = Omit<Delivery, 'number' | keyof Progress>

/** The delivery `id` from the JSON texts of its facts and its progress; null when they are unreadable. */
export function readDelivery([id, facts, progress]: DeliveryTexts): DeliveryRecord | null {
  const kept = readFacts(facts)
  const became = readProgress(progress) as Progress | null
  if (kept === null || became === null) return null
  return { ...kept, number: Number(id.slice(id.lastIndexOf('.') + 1)), ...became }
}

/** Its id, its facts and its progress. */
export type DeliveryTexts = readonly [id: string, facts: string | null, progress: string | null]
