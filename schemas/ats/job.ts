import type { Static } from '@sinclair/typebox'
import { Deprecated, Described, IdList, ListOf, Nullable, OneOf, Text, UnifiedValue } from '../builders'
import { HiringTeamMemberSchema } from '../hiring-team-member'
import { CustomFieldSchema } from './custom-field'
import { recordFacts, timestamps } from './record'
import { AtsStageSchema } from './stage'
import { yesOrNoValues } from './yes-or-no'

/** Status of a job; a closed list. */
export const jobStatusValues = [
  'published',
  'draft',
  'pending',
  'internal',
  'archived',
  'closed',
  'open',
  'deleted',
  'on_hold',
  'unmapped_value',
] as const

/** A job in the applicant-tracking system. */
export const AtsJobSchema = Described('The job', {
  ...recordFacts('job', 'job_88', 'ats-job-12'),
  code: Text('Job code', 'ENG-88'),
  title: Text('Job title', 'Back-end engineer'),
  description: Text('What the job is about', 'You build the services behind our ferry timetable'),
  status: Deprecated(Text('Job status', 'open')),
  job_status: Nullable(UnifiedValue('job status', jobStatusValues, 'open', 'Hiring')),
  department_ids: IdList('Identifiers of the departments', 'dep_7'),
  remote_department_ids: IdList("The provider's identifiers of the departments", 'ats-dep-7'),
  location_ids: IdList('Identifiers of the locations', 'loc_4'),
  remote_location_ids: IdList("The provider's identifiers of the locations", 'ats-loc-4'),
  hiring_team: ListOf(HiringTeamMemberSchema, 'The people who hire for the job'),
  interview_stages: ListOf(AtsStageSchema, 'Stages of the interviews'),
  confidential: OneOf(yesOrNoValues, 'Whether the job is confidential', 'false'),
  custom_fields: ListOf(CustomFieldSchema, 'Custom fields of the job'),
  ...timestamps('job'),
})

export type AtsJob = Static<typeof AtsJobSchema>
