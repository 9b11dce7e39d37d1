import { Address, Described, EmailAddress, Id, ListOf, Passthrough, Text } from './builders'

export const CandidateEmailSchema = Described('An e-mail address', {
  type: Text('Kind of address', 'personal'),
  value: EmailAddress('E-mail address', 'mia.lindqvist@example.com'),
})

/** The candidate to assess. */
export const CandidateSchema = Described('The candidate to assess', {
  id: Id('Identifier of the candidate', 'cand_31'),
  remote_id: Id("The provider's identifier of the candidate", 'ats-cand-5'),
  first_name: Text('First name', 'Mia'),
  last_name: Text('Last name', 'Lindqvist'),
  emails: ListOf(CandidateEmailSchema, 'E-mail addresses'),
  passthrough: Passthrough,
  profile_url: Address("Address of the candidate's profile", 'https://ats.example.com/candidates/31'),
})
