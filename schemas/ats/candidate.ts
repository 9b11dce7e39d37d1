import type { Static } from '@sinclair/typebox'
import { Address, DateTime, Deprecated, Described, EmailAddress, Id, IdList, ListOf, OneOf, Text } from '../builders'
import { CandidateEmailSchema } from '../candidate'
import { CustomFieldSchema } from './custom-field'
import { recordFacts, timestamps } from './record'

export const phoneNumberKinds = ['personal', 'work', 'mobile', 'home', 'unknown', 'other', 'unmapped_value'] as const

export const PhoneNumberSchema = Described('A telephone number', {
  type: OneOf(phoneNumberKinds, 'Kind of number', 'mobile'),
  phone: Text('The number', '+46 70 555 01 31'),
})

export const SocialLinkSchema = Described('A profile on another site', {
  type: Text('The site', 'portfolio'),
  url: Address('Address of the profile', 'https://mia-lindqvist.example.com'),
})

export const TagSchema = Described('A tag', {
  remote_id: Id("The provider's identifier of the tag", 'ats-tag-4'),
  name: Text('The tag', 'Referred'),
})

const person = {
  name: Text('Full name', 'Mia Lindqvist'),
  first_name: Text('First name', 'Mia'),
  last_name: Text('Last name', 'Lindqvist'),
  email: EmailAddress('Main e-mail address', 'mia.lindqvist@example.com'),
  emails: ListOf(CandidateEmailSchema, 'E-mail addresses'),
  social_links: ListOf(SocialLinkSchema, 'Profiles on other sites'),
  phone_numbers: ListOf(PhoneNumberSchema, 'Telephone numbers'),
  company: Text('Current employer', 'Tidvatten Software'),
  title: Text('Current job title', 'Software developer'),
}

/** The candidate as an application shows them. */
export const ApplicationCandidateSchema = Described('The candidate who applied', person)

/** A candidate in the applicant-tracking system. */
export const AtsCandidateSchema = Described('The candidate', {
  ...recordFacts('candidate', 'cand_31', 'ats-cand-5'),
  ...person,
  phone: Deprecated(Text('Main telephone number', '+46 70 555 01 31')),
  application_ids: IdList("Identifiers of the candidate's applications", 'app_1029'),
  remote_application_ids: IdList("The provider's identifiers of the candidate's applications", 'ats-app-77'),
  hired_at: DateTime('When the candidate was hired', '2026-12-01T09:00:00.000Z'),
  country: Text('Country of residence', 'Sweden'),
  custom_fields: ListOf(CustomFieldSchema, 'Custom fields of the candidate'),
  tags: ListOf(TagSchema, 'Tags of the candidate'),
  ...timestamps('candidate'),
})

export type AtsCandidate = Static<typeof AtsCandidateSchema>
