import { Described, ListOf, Nullable, Text, UnifiedValue } from '../builders'
import { identifiers } from './record'

/** What a section is about; a closed list. */
export const sectionTypes = [
  'responsibilities',
  'skills',
  'benefits',
  'company_overview',
  'description',
  'other',
  'unmapped_value',
] as const

export const PostingSectionSchema = Described('A section of the posting', {
  ...identifiers('section', 'section_2', 'ats-section-2'),
  type: Nullable(UnifiedValue('kind of section', sectionTypes, 'skills', 'What you bring')),
  label: Text('Heading of the section', 'What you bring'),
  content: Text('Text of the section', 'Some years of work with HTTP services'),
})

/** The text of a job posting. */
export const PostingContentSchema = Described('The text of the posting', {
  plain: Text('The text without formatting', 'You build the services behind our ferry timetable'),
  html: Text('The text in HTML', '<p>You build the services behind our ferry timetable</p>'),
  sections: ListOf(PostingSectionSchema, 'The text in sections'),
})
