import { Type } from '@sinclair/typebox'
import { ErrorSchema } from '../error'

/** Body of an error of the control API: StackOne's, and what to do about it. */
export const ControlErrorSchema = Type.Object(
  {
    ...ErrorSchema.properties,
    hint: Type.Optional(
      Type.String({
        description: 'What to do about it, as `x-sandbox-hint` says; missing when the request could not be read',
        examples: ['Compare the body with the schema in /openapi.json.'],
      }),
    ),
    came: Type.Optional(
      Type.Array(Type.Unknown(), {
        description: 'What came in the place of what was waited for',
        examples: [[]],
      }),
    ),
  },
  { description: 'An error, and what to do about it' },
)
