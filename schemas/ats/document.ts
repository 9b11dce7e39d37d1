import { Address, Deprecated, Described, Id, ListOf, Nullable, SourceValue, Text, UnifiedValue } from '../builders'
import { fileFormats } from './file-formats'
import { recordFacts, timestamps } from './record'

/** Kinds of documents; a closed list. */
export const documentTypes = [
  'resume',
  'avatar',
  'cover_letter',
  'profile_picture',
  'policy',
  'passport',
  'assessment',
  'interview_attachment',
  'take_home_test',
  'offer_letter',
  'signed_offer_letter',
  'national_id',
  'offer_packet',
  'other',
  'unmapped_value',
] as const

export const FileFormatSchema = UnifiedValue('format of the file', fileFormats, 'pdf', 'application/pdf')

export const FileCategorySchema = Described('The category of the document', {
  value: Text('The category in unified terms', 'applications'),
  source_value: SourceValue('The category as the provider calls it', 'Application papers'),
})

export const DocumentContentSchema = Described('The content of a document', {
  url: Address('Address of the file', 'https://ats.example.com/files/61.pdf'),
  unified_url: Address('Where StackOne serves the file', 'https://stackone.example.com/files/61'),
  file_format: Nullable(FileFormatSchema),
})

/** A document of an application. */
export const DocumentSchema = Described('A document', {
  ...recordFacts('document', 'doc_61', 'ats-doc-61'),
  name: Text('Name of the document', 'Résumé of Mia Lindqvist'),
  category: Nullable(FileCategorySchema),
  category_id: Id('Identifier of the category', 'doccat_2'),
  contents: Deprecated(ListOf(DocumentContentSchema, 'The files of the document')),
  remote_url: Address('Address of the file at the provider', 'https://ats.example.com/files/61.pdf'),
  file_format: Nullable(FileFormatSchema),
  type: Deprecated(Nullable(UnifiedValue('kind of document', documentTypes, 'resume', 'CV'))),
  ...timestamps('document'),
})
