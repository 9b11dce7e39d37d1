import { type Static, Type } from '@sinclair/typebox'
import { type AtsResource, atsQueries } from '../ats/queries'
import { Choice, Fact, Limit, Next, pageFacts } from './builders'

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

export const AtsListQuerySchema = Type.Object({ limit: Limit, next: Next }, { additionalProperties: false })

export const AtsListSchema = Type.Object(
  { records: Type.Array(AtsRecordSchema, { description: 'Sorted by id', examples: [[]] }), ...pageFacts },
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
