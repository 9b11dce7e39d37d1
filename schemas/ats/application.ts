import type { Static } from '@sinclair/typebox'
import { ApplicationStatusSchema } from '../application'
import { Address, DateTime, Deprecated, Described, Id, IdList, ListOf, Nullable, Text } from '../builders'
import { AttachmentContentTypeSchema } from '../result'
import { ApplicationCandidateSchema } from './candidate'
import { CustomFieldSchema } from './custom-field'
import { DocumentSchema } from './document'
import { QuestionnaireSchema } from './questionnaire'
import { identifiers, recordFacts, timestamps } from './record'
import { AtsRejectedReasonSchema } from './rejected-reason'
import { AtsStageSchema } from './stage'

export const ApplicationAttachmentSchema = Described('A file that came with the application', {
  file_name: Text('Name of the file', 'lindqvist.pdf'),
  content: Text('The file, encoded in Base64', 'UsOpc3Vtw6k='),
  url: Address('Address of the file', 'https://ats.example.com/files/61.pdf'),
  content_type: Nullable(AttachmentContentTypeSchema),
})

export const ResultLinkSchema = Described('A page with a result', {
  label: Text('Text of the link', 'Back-end test'),
  url: Address('Address of the page', 'https://provider.example.com/results/77'),
})

export const ApplicationSourceSchema = Described('Where the application came from', {
  ...identifiers('source', 'source_2', 'ats-source-2'),
  name: Text('Name of the source', 'Job fair'),
})

/** An application in the applicant-tracking system. */
export const AtsApplicationSchema = Described('The application', {
  ...recordFacts('application', 'app_1029', 'ats-app-77'),
  candidate_id: Id('Identifier of the candidate', 'cand_31'),
  remote_candidate_id: Id("The provider's identifier of the candidate", 'ats-cand-5'),
  candidate: Nullable(ApplicationCandidateSchema),
  job_id: Id('Identifier of the job', 'job_88'),
  remote_job_id: Id("The provider's identifier of the job", 'ats-job-12'),
  application_status: Nullable(ApplicationStatusSchema),
  application_stage: Nullable(AtsStageSchema),
  application_stage_id: Id('Identifier of the stage', 'stage_3'),
  remote_application_stage_id: Id("The provider's identifier of the stage", 'ats-stage-3'),
  interview_stage: Deprecated(Nullable(AtsStageSchema)),
  interview_stage_id: Deprecated(Id('Identifier of the interview stage', 'stage_3')),
  remote_interview_stage_id: Deprecated(Id("The provider's identifier of the interview stage", 'ats-stage-3')),
  rejected_reasons: ListOf(AtsRejectedReasonSchema, 'Why the application was rejected'),
  rejected_reason_ids: IdList('Identifiers of the reasons for the rejection', 'reason_6'),
  remote_rejected_reason_ids: IdList("The provider's identifiers of the reasons for the rejection", 'ats-reason-6'),
  rejected_at: DateTime('When the application was rejected', '2026-11-18T16:20:00.000Z'),
  location_id: Deprecated(Id('Identifier of the location', 'loc_4')),
  remote_location_id: Deprecated(Id("The provider's identifier of the location", 'ats-loc-4')),
  location_ids: IdList('Identifiers of the locations', 'loc_4'),
  remote_location_ids: IdList("The provider's identifiers of the locations", 'ats-loc-4'),
  questionnaires: ListOf(QuestionnaireSchema, 'Questionnaires that the candidate filled in'),
  attachments: Deprecated(ListOf(ApplicationAttachmentSchema, 'Files that came with the application')),
  documents: ListOf(DocumentSchema, 'Documents of the application'),
  result_links: ListOf(ResultLinkSchema, 'Pages with results'),
  source: Nullable(ApplicationSourceSchema),
  custom_fields: ListOf(CustomFieldSchema, 'Custom fields of the application'),
  ...timestamps('application'),
})

export type AtsApplication = Static<typeof AtsApplicationSchema>
