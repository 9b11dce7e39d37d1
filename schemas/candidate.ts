import { Type } from '@sinclair/typebox'
import { Nullable, Passthrough, Text } from './nullable'

export const CandidateEmailSchema = Type.Object({
  type: Text('Kind of address', 'personal'),
  value: Text('E-mail address', 'mia.lindqvist@example.com'),
})

/** Who takes the assessment. */
export const CandidateSchema = Type.Object({
  id: Text('Identifier of the candidate', 'cand_31'),
  remote_id: Text("The provider's identifier of the candidate", 'ats-cand-5'),
  first_name: Text('First name', 'Mia'),
  last_name: Text('Last name', 'Lindqvist'),
  emails: Nullable(Type.Array(CandidateEmailSchema, { description: 'E-mail addresses' })),
  passthrough: Passthrough,
  profile_url: Text("Address of the candidate's profile", 'https://ats.example.com/candidates/31'),
})
