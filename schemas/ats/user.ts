import type { Static } from '@sinclair/typebox'
import { Described, EmailAddress, Text } from '../builders'
import { recordFacts } from './record'

/** Somebody who works with the applicant-tracking system. */
export const AtsUserSchema = Described('The user', {
  ...recordFacts('user', 'usr_204', 'ats-usr-9'),
  name: Text('Full name', 'Noor Haddad'),
  first_name: Text('First name', 'Noor'),
  last_name: Text('Last name', 'Haddad'),
  email: EmailAddress('E-mail address', 'noor.haddad@example.com'),
  phone: Text('Telephone number', '+46 31 555 02 04'),
})

export type AtsUser = Static<typeof AtsUserSchema>
