import type { Static } from '@sinclair/typebox'
import { Described, Text } from '../builders'
import { recordFacts } from './record'

/** A place of work. */
export const AtsLocationSchema = Described('The location', {
  ...recordFacts('location', 'loc_4', 'ats-loc-4'),
  name: Text('Name of the location', 'Gothenburg'),
})

export type AtsLocation = Static<typeof AtsLocationSchema>
