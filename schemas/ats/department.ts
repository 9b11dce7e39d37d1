import type { Static } from '@sinclair/typebox'
import { Described, Text } from '../builders'
import { recordFacts } from './record'

/** A department of the employer. */
export const AtsDepartmentSchema = Described('The department', {
  ...recordFacts('department', 'dep_7', 'ats-dep-7'),
  name: Text('Name of the department', 'Engineering'),
})

export type AtsDepartment = Static<typeof AtsDepartmentSchema>
