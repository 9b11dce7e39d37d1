import { Type } from '@sinclair/typebox'
import { ErrorSchema } from '../error'

/** Body of an error of the control API: StackOne's body with the hint. */
export const ControlErrorSchema = Type.Object(
  {
    ...ErrorSchema.properties,
    hint: Type.Optional(
      Type.String({
        description: 'What to do about it, as in `x-sandbox-hint`; missing if the request could not be read',
        examples: ['Compare the body with the schema in /openapi.json.'],
      }),
    ),
    came: Type.Optional(
      Type.Array(Type.Unknown(), {
        description: 'Items that arrived instead of the awaited one',
        examples: [[]],
      }),
    ),
  },
  { description: 'An error, and what to do about it' },
)
