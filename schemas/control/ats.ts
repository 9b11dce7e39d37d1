import { type Static, Type } from '@sinclair/typebox'
import { type AtsResource, atsQueries } from '../ats/queries'
import { OrNull } from '../builders'
import { Choice, Fact, Limit, type ListOptions, Next, pageFacts } from './builders'

const resourceNames = Object.keys(atsQueries) as AtsResource[]

const Resource = Choice(resourceNames, 'Resource of the ATS', 'candidates')

export const AtsParamsSchema = Type.Object({ resource: Resource })

export const AtsRecordParamsSchema = Type.Object({
  resource: Resource,
  id: Fact('Identifier of the record, or its remote id', 'cand_31'),
})

/** A record in the form of StackOne's unified API. */
export const AtsRecordSchema = Type.Unsafe<Record<string, unknown>>(
  Type.Object(
    {},
    {
      additionalProperties: true,
      description: 'A record, in the form of `GET /unified/ats/{resource}/{id}`',
      examples: [{ first_name: 'Mia', last_name: 'Lindqvist' }],
    },
  ),
)

/** Which records to list. Missing properties match any. */
const filter = {
  search: Type.Optional(
    Type.String({
      maxLength: 100,
      description:
        "Words out of a record's ids, names, titles, code and e-mail, in any case; an application has those of its candidate",
      examples: ['mia'],
    }),
  ),
  job_id: Type.Optional(Fact('Only records with this `job_id`, or this `remote_job_id`', 'job_88')),
  application_stage_id: Type.Optional(Fact('Only records with this `application_stage_id`', 'stage_3')),
}

/** The properties by which records are counted. */
const countable = ['job_id', 'application_stage_id'] as const

const countBy = Type.Optional(Choice(countable, 'Property by whose values to count the records', 'job_id'))

export const AtsListQuerySchema = Type.Object(
  { ...filter, countBy, limit: Limit, next: Next },
  { additionalProperties: false },
)

export type AtsListQuery = Omit<Static<typeof AtsListQuerySchema>, 'limit' | 'next'> & ListOptions

export const AtsListSchema = Type.Object(
  {
    records: Type.Array(AtsRecordSchema, { description: 'Sorted by id', examples: [[]] }),
    counts: OrNull(
      Type.Record(Type.String(), Type.Integer(), {
        description: 'With `countBy`: how many matching records have each value; those without one are under ""',
        examples: [{ job_88: 6 }],
      }),
    ),
    ...pageFacts,
  },
  { description: 'Records of the ATS' },
)

export type AtsList = Static<typeof AtsListSchema>

/** Where an application moves to. */
export const ApplicationMoveSchema = Type.Object(
  {
    stage: Type.Optional(Fact('Id or name of the application stage; default: the next one', 'Interview')),
    status: Type.Optional(Fact('Its status in unified terms; default: that of the stage, or as before', 'interview')),
  },
  { additionalProperties: false, description: 'Where the application moves to', examples: [{ stage: 'Interview' }] },
)

export type ApplicationMove = Static<typeof ApplicationMoveSchema>
