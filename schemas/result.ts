import { type Static, Type } from '@sinclair/typebox'
import {
  Address,
  DateTime,
  Described,
  expecting,
  Id,
  ListOf,
  Nullable,
  OneOf,
  Passthrough,
  SourceValue,
  Text,
} from './builders'
import { doneFacts } from './done'

/** Outcome of an assessment; a closed list (docs/contract.md: Results). */
export const resultValues = [
  'initiated',
  'in_progress',
  'cancelled',
  'completed',
  'expired',
  'failed',
  'passed',
  'unmapped_value',
] as const

export type ResultValue = (typeof resultValues)[number]

/** A score. Its numbers are strings (docs/contract.md: Results). */
export const ScoreSchema = Described(
  'The score',
  {
    label: Text('Unit of the score', 'Percentage'),
    value: Text('The score', '92'),
    min: Text('Lowest possible score', '0'),
    max: Text('Highest possible score', '100'),
  },
  expecting('score'),
)

export const ResultStatusSchema = Described('The outcome', {
  value: OneOf(resultValues, 'The result in unified terms', 'passed'),
  source_value: SourceValue('The result as the provider calls it', 'Passed with distinction'),
})

/** Kind of an attachment; a closed list (docs/contract.md: Results). */
export const attachmentKinds = ['text', 'pdf', 'video', 'other', 'unmapped_value'] as const

export const AttachmentContentTypeSchema = Described('Kind of document', {
  value: OneOf(attachmentKinds, 'The kind of content in unified terms', 'pdf'),
  source_value: SourceValue('The kind of content as the provider calls it', 'application/pdf'),
})

export const AttachmentSchema = Described('A document about the result', {
  url: Address('Address of the attachment', 'https://provider.example.com/reports/77.pdf'),
  content_type: Nullable(AttachmentContentTypeSchema),
})

const shared = {
  score: Nullable(ScoreSchema),
  start_date: DateTime('When the candidate started', '2026-11-23T09:30:00.000Z'),
  submission_date: DateTime('When the candidate submitted', '2026-11-23T10:10:00.000Z'),
  summary: Text('The result in words', 'Solid on types, quick on asynchronous code'),
  result: Nullable(ResultStatusSchema),
  result_url: Address('Page with the result', 'https://provider.example.com/results/77'),
  attachments: ListOf(AttachmentSchema, 'Documents about the result'),
}

/** Body of `PATCH /orders/{id}/result`. */
export const ResultUpdateSchema = Described(
  'What is known of the result; what is left out stays as it is, null clears',
  {
    ...shared,
    candidate: Nullable(
      Described('The candidate who took the assessment', {
        id: Id('Identifier of the candidate', 'cand_31'),
        profile_url: Address("Address of the candidate's profile", 'https://provider.example.com/candidates/31'),
      }),
    ),
    passthrough: Passthrough,
  },
)

export type ResultUpdate = Static<typeof ResultUpdateSchema>

/** Answer to `PATCH /orders/{id}/result`. */
export const ResultUpdatedSchema = Type.Object(doneFacts(200, 'Record updated successfully.'), {
  description: 'The result was recorded',
})

/** The result of an order. */
export const ResultSchema = Described('The result', {
  id: Text('Identifier of the result', 'result-77'),
  remote_id: Text("The provider's identifier of the result", 'c0b1f3f5-92a4-4d0e-8f57-6f0a3f1f2a11'),
  candidate: Nullable(
    Described('The candidate who took the assessment', {
      id: Text('Identifier of the candidate', 'cand_31'),
      remote_id: Text("The provider's identifier of the candidate", 'ats-cand-5'),
      profile_url: Text("Address of the candidate's profile", 'https://provider.example.com/candidates/31'),
    }),
  ),
  ...shared,
})

export type AssessmentResult = Static<typeof ResultSchema>
