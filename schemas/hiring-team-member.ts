import { Described, EmailAddress, Id, Text } from './builders'

/** A person on the employer's side: a member of the hiring team, or the requester of the assessment. */
export const HiringTeamMemberSchema = Described("Somebody on the employer's side", {
  user_id: Id('Identifier of the user', 'usr_204'),
  remote_user_id: Id("The provider's identifier of the user", 'ats-usr-9'),
  first_name: Text('First name', 'Noor'),
  last_name: Text('Last name', 'Haddad'),
  email: EmailAddress('E-mail address', 'noor.haddad@example.com'),
  role: Text('Role in the hiring team', 'Hiring manager'),
})
