import type { Static } from '@sinclair/typebox'
import { Deprecated, Described, Nullable, Text, UnifiedValue } from '../builders'
import { recordFacts } from './record'

/** Who rejected whom; a closed list. */
export const rejectedReasonTypes = [
  'rejected_by_candidate',
  'rejected_by_organization',
  'other',
  'unknown',
  'unmapped_value',
] as const

export const AtsRejectedReasonSchema = Described('Why an application was rejected', {
  ...recordFacts('reason', 'reason_6', 'ats-reason-6'),
  label: Text('The reason in words', 'Needs more experience with databases'),
  type: Deprecated(Text('Kind of reason', 'rejected_by_organization')),
  rejected_reason_type: Nullable(
    UnifiedValue('kind of reason', rejectedReasonTypes, 'rejected_by_organization', 'We rejected them'),
  ),
})

export type AtsRejectedReason = Static<typeof AtsRejectedReasonSchema>
