import { type Static, type TProperties, Type } from '@sinclair/typebox'
import { Deprecated, Nullable, OneOf } from '../builders'
import { Filter, ListQuerySchema, ReadQuerySchema } from '../queries'

const parameter = (description: string, example: string) => Nullable(Type.String({ description, examples: [example] }))

const createdAfter = parameter('Return only what was created after this date', '2026-01-31T00:00:00.000Z')
const syncToken = Deprecated(parameter('Return only what changed since this token', 'c2luY2U6MjAyNi0wMS0zMQ'))
const expand = (example: string) => parameter('Properties to return in full, separated by commas', example)
const include = parameter('Additional properties to return, separated by commas', 'custom_fields')

/** The values of `filter[job_status]`; a closed list. */
export const jobStatusFilters = ['open', 'draft'] as const

/** Query parameters of a list of the applicant-tracking system. */
export const listQuery = <F extends TProperties, P extends TProperties>(filters: F, parameters: P) =>
  Type.Object({
    ...ListQuerySchema.properties,
    filter: Filter(filters),
    sync_token: syncToken,
    ...parameters,
  })

/** Query parameters of the read of one resource. */
export const readQuery = <P extends TProperties>(parameters: P) =>
  Type.Object({ ...ReadQuerySchema.properties, ...parameters })

const candidateFilters = {
  created_after: createdAfter,
  email: parameter('Return only candidates with this e-mail address', 'mia.lindqvist@example.com'),
}

const applicationFilters = {
  created_after: createdAfter,
  job_id: parameter('Return only applications for this job', 'job_88'),
  stage: parameter('Return only applications in this stage', 'stage_3'),
  application_stage_id: parameter('Return only applications in this stage', 'stage_3'),
}

const jobFilters = {
  created_after: createdAfter,
  status: Deprecated(OneOf(jobStatusFilters, 'Return only jobs with this status', 'open')),
  job_status: OneOf(jobStatusFilters, 'Return only jobs with this status', 'open'),
}

const applicationParameters = {
  expand: expand('documents'),
  include,
  job_id: Deprecated(parameter('Return only applications for this job', 'job_88')),
}

const plain = { list: listQuery({}, {}), read: ReadQuerySchema }

/** The query parameters of each resource, by its name in the path. */
export const atsQueries = {
  candidates: { list: listQuery(candidateFilters, { include }), read: readQuery({ include }) },
  applications: {
    list: listQuery(applicationFilters, applicationParameters),
    read: readQuery({ expand: expand('documents'), include }),
  },
  jobs: {
    list: listQuery(jobFilters, { expand: expand('interview_stages'), include }),
    read: readQuery({ expand: expand('interview_stages'), include }),
  },
  job_postings: { list: listQuery({ created_after: createdAfter }, { include }), read: readQuery({ include }) },
  users: plain,
  departments: plain,
  locations: plain,
  application_stages: plain,
  interview_stages: plain,
  rejected_reasons: plain,
} as const

/** The name of a resource in the path. */
export type AtsResource = keyof typeof atsQueries

/** All that the reads of one resource may have. */
const widestRead = readQuery({ expand: expand('documents'), include })

/** All that the lists may have. */
const widestList = listQuery({ ...candidateFilters, ...applicationFilters, ...jobFilters }, applicationParameters)

/** The query of any read of one resource: what the resource does not have is missing. */
export type AtsReadQuery = Static<typeof widestRead>

/** The query of any list: what the resource does not have is missing. */
export type AtsListQuery = Static<typeof widestList>
