import type { Static } from '@sinclair/typebox'
import { Address, DateTime, Described, Id, ListOf, Nullable, OneOf, Text, UnifiedValue } from '../builders'
import { CompensationSchema } from './compensation'
import { PostingContentSchema } from './posting-content'
import { PostingQuestionnaireSchema } from './posting-questionnaire'
import { identifiers, recordFacts, timestamps } from './record'
import { yesOrNoValues } from './yes-or-no'

/** Status of a job posting; a closed list. */
export const postingStatusValues = [
  'live',
  'draft',
  'pending',
  'internal',
  'rejected',
  'closed',
  'archived',
  'unmapped_value',
] as const

/** Kinds of employment; a closed list. */
export const employmentTypes = [
  'contractor',
  'intern',
  'permanent',
  'apprentice',
  'freelance',
  'terminated',
  'temporary',
  'seasonal',
  'volunteer',
  'probation',
  'internal',
  'external',
  'expatriate',
  'employer_of_record',
  'casual',
  'Programme',
  'unmapped_value',
] as const

/** Kinds of contracts; a closed list. */
export const contractTypes = ['full_time', 'shifts', 'part_time', 'unmapped_value'] as const

export const PostingLocationSchema = Described('A location of the job', {
  ...identifiers('location', 'loc_4', 'ats-loc-4'),
  name: Text('Name of the location', 'Gothenburg'),
})

/** A job posting in the applicant-tracking system. */
export const AtsJobPostingSchema = Described('The job posting', {
  ...recordFacts('job posting', 'posting_19', 'ats-posting-19'),
  title: Text('Title of the posting', 'Back-end engineer in Gothenburg'),
  locations: ListOf(PostingLocationSchema, 'Where the job is'),
  internal: OneOf(yesOrNoValues, 'Whether only employees see it', 'false'),
  status: Nullable(UnifiedValue('status of the posting', postingStatusValues, 'live', 'Online')),
  job_id: Id('Identifier of the job', 'job_88'),
  remote_job_id: Id("The provider's identifier of the job", 'ats-job-12'),
  content: Nullable(PostingContentSchema),
  compensation: ListOf(CompensationSchema, 'What the job pays'),
  employment_type: Nullable(UnifiedValue('kind of employment', employmentTypes, 'permanent', 'Open-ended')),
  employment_contract_type: Nullable(UnifiedValue('kind of contract', contractTypes, 'full_time', '40 hours')),
  external_url: Address('Public page of the posting', 'https://jobs.example.com/19'),
  external_apply_url: Address('Public page to apply on', 'https://jobs.example.com/19/apply'),
  questionnaires: ListOf(PostingQuestionnaireSchema, 'Questionnaires for candidates'),
  start_date: DateTime('When the job starts', '2027-02-01T00:00:00.000Z'),
  ...timestamps('job posting'),
})

export type AtsJobPosting = Static<typeof AtsJobPostingSchema>
