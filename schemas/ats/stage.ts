import { type Static, Type } from '@sinclair/typebox'
import { Described, Nullable, Text } from '../builders'
import { recordFacts, timestamps } from './record'

/** A stage of hiring. Interview stages and application stages have the same shape. */
export const AtsStageSchema = Described('The stage', {
  ...recordFacts('stage', 'stage_3', 'ats-stage-3'),
  name: Text('Name of the stage', 'Technical interview'),
  order: Nullable(Type.Number({ description: 'Position among the stages', examples: [3] })),
  ...timestamps('stage'),
})

export type AtsStage = Static<typeof AtsStageSchema>
