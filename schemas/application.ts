import { Described, Id, Nullable, OneOf, Passthrough, SourceValue } from './builders'

/** Status of an application; a closed list (docs/contract.md: Orders). */
export const applicationStatusValues = [
  'active',
  'assessment',
  'background_check',
  'converted',
  'declined_by_candidate',
  'hired',
  'interview',
  'lead',
  'offer',
  'reference_check',
  'rejected',
  'review',
  'screen',
  'new',
  'onboarding',
  'created',
  'accepted',
  'short_list',
  'approved',
  'unmapped_value',
] as const

export const ApplicationStatusSchema = Described('Status of the application', {
  value: OneOf(applicationStatusValues, 'The status in unified terms', 'assessment'),
  source_value: SourceValue('The status as the applicant-tracking system calls it', 'Skills test'),
})

/** The candidate's application for the job. */
export const ApplicationSchema = Described('The application that the assessment belongs to', {
  id: Id('Identifier of the application', 'app_1029'),
  remote_id: Id("The provider's identifier of the application", 'ats-app-77'),
  application_status: Nullable(ApplicationStatusSchema),
  passthrough: Passthrough,
})
