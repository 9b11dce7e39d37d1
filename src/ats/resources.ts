import type { TObject } from '@sinclair/typebox'
import { AtsApplicationSchema } from '../../schemas/ats/application'
import { AtsCandidateSchema } from '../../schemas/ats/candidate'
import { AtsDepartmentSchema } from '../../schemas/ats/department'
import { AtsJobSchema } from '../../schemas/ats/job'
import { AtsJobPostingSchema } from '../../schemas/ats/job-posting'
import { AtsLocationSchema } from '../../schemas/ats/location'
import type { AtsResource } from '../../schemas/ats/queries'
import { AtsRejectedReasonSchema } from '../../schemas/ats/rejected-reason'
import { AtsStageSchema } from '../../schemas/ats/stage'
import { AtsUserSchema } from '../../schemas/ats/user'

/** A record of the ATS, in the published form. */
export interface AtsRecord {
  readonly id: string
  readonly remote_id?: string | null
  readonly [name: string]: unknown
}

/** Whether a record is among those that a filter asks for. */
type Filter = (record: AtsRecord, value: string) => boolean

/** A resource of the ATS: all that its reads, its control and its checks need to know of it. */
export interface Resource {
  readonly name: AtsResource
  /** One of it, in words. */
  readonly singular: string
  readonly schema: TObject
  /** Filters beside those by date. */
  readonly filters: Readonly<Record<string, Filter>>
  /** Properties that only `include` or `expand` shows (assumed). */
  readonly onDemand: readonly string[]
  /** What `expand` may name besides properties: published, without effect here. */
  readonly expandable: readonly string[]
  /** Properties that name records of other resources: the path of each, and the resource. */
  readonly references: Readonly<Record<string, AtsResource>>
}

const is =
  (...names: string[]): Filter =>
  (record, value) =>
    names.some((name) => record[name] === value)

const hasStatus: Filter = ({ job_status: status }, value) => (status as { value?: unknown } | null)?.value === value

const hasEmail: Filter = ({ email, emails }, value) => {
  const all = [email, ...((emails as { value?: unknown }[] | null) ?? []).map((each) => each.value)]
  return all.some((each) => typeof each === 'string' && each.toLowerCase() === value.toLowerCase())
}

const plain = { filters: {}, onDemand: [], expandable: [], references: {} }

const table: Readonly<Record<AtsResource, Omit<Resource, 'name'>>> = {
  candidates: {
    singular: 'candidate',
    schema: AtsCandidateSchema,
    filters: { email: hasEmail },
    onDemand: ['custom_fields'],
    expandable: [],
    references: { application_ids: 'applications' },
  },
  applications: {
    singular: 'application',
    schema: AtsApplicationSchema,
    filters: {
      job_id: is('job_id', 'remote_job_id'),
      stage: is('application_stage_id', 'remote_application_stage_id'),
      application_stage_id: is('application_stage_id', 'remote_application_stage_id'),
    },
    onDemand: ['attachments', 'custom_fields', 'documents'],
    expandable: [],
    references: {
      candidate_id: 'candidates',
      job_id: 'jobs',
      interview_stage_id: 'interview_stages',
      application_stage_id: 'application_stages',
      location_id: 'locations',
      location_ids: 'locations',
      rejected_reason_ids: 'rejected_reasons',
    },
  },
  jobs: {
    singular: 'job',
    schema: AtsJobSchema,
    filters: { job_status: hasStatus, status: hasStatus },
    onDemand: ['custom_fields', 'interview_stages'],
    expandable: ['job_postings'],
    references: {
      department_ids: 'departments',
      location_ids: 'locations',
      'hiring_team/user_id': 'users',
      'interview_stages/id': 'interview_stages',
    },
  },
  job_postings: {
    singular: 'job posting',
    schema: AtsJobPostingSchema,
    filters: {},
    onDemand: ['questionnaires'],
    expandable: [],
    references: { job_id: 'jobs', 'locations/id': 'locations' },
  },
  users: { singular: 'user', schema: AtsUserSchema, ...plain },
  departments: { singular: 'department', schema: AtsDepartmentSchema, ...plain },
  locations: { singular: 'location', schema: AtsLocationSchema, ...plain },
  application_stages: { singular: 'application stage', schema: AtsStageSchema, ...plain },
  interview_stages: { singular: 'interview stage', schema: AtsStageSchema, ...plain },
  rejected_reasons: { singular: 'rejected reason', schema: AtsRejectedReasonSchema, ...plain },
}

/** The names of the resources, as paths have them. */
export const resourceNames = Object.keys(table) as AtsResource[]

export const resourceOf = (name: AtsResource): Resource => ({ name, ...table[name] })

/** All records of an ATS, by resource. */
export type AtsRecords = Readonly<Record<AtsResource, readonly AtsRecord[]>>
