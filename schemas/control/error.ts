import { Type } from '@sinclair/typebox'
import { ErrorSchema } from '../error'

/** Body of an error of the control API: StackOne's, and what to do about it. */
export const ControlErrorSchema = Type.Object(
  {
    ...ErrorSchema.properties,
    hint: Type.String({
      description: 'What to do about it; the header `x-sandbox-hint` says the same',
      examples: ['Compare the body with the schema in /openapi.json.'],
    }),
    came: Type.Optional(
      Type.Array(Type.Unknown(), {
        description: 'What came in the place of what was waited for',
        examples: [[]],
      }),
    ),
  },
  { description: 'An error, and what to do about it' },
)
