import { Type } from '@sinclair/typebox'
import { DateTime, Id, Nullable } from '../builders'

/** The identifiers of a record. `what` follows "the". */
export const identifiers = (what: string, id: string, remoteId: string) => ({
  id: Id(`Identifier of the ${what}`, id),
  remote_id: Id(`The provider's identifier of the ${what}`, remoteId),
})

/** Fields that a StackOne project adds to a resource. */
export const UnifiedCustomFields = Nullable(
  Type.Record(Type.String(), Type.Unknown(), {
    description: 'Custom fields that the project maps, by name',
    examples: [{ notice_period: '4 weeks' }],
  }),
)

/** What every resource of the applicant-tracking system has. */
export const recordFacts = (what: string, id: string, remoteId: string) => ({
  ...identifiers(what, id, remoteId),
  unified_custom_fields: UnifiedCustomFields,
})

/** When a record was created and changed. */
export const timestamps = (what: string) => ({
  created_at: DateTime(`When the ${what} was created`, '2026-10-05T08:15:00.000Z'),
  updated_at: DateTime(`When the ${what} was last changed`, '2026-11-20T14:40:00.000Z'),
})
