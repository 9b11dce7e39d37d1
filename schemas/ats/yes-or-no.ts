import { Type } from '@sinclair/typebox'

/** A nullable boolean that may also be text. Not a `oneOf`, for which the serialiser would need a validator. */
export const YesOrNo = (description: string, example: boolean) =>
  Type.Optional(
    Type.Unsafe<boolean | 'true' | 'false' | null>({
      type: ['boolean', 'string', 'null'],
      enum: [true, false, 'true', 'false', null],
      description,
      examples: [example],
    }),
  )

/** The values of a yes or no that is always text. */
export const yesOrNoValues = ['true', 'false', 'unmapped_value'] as const
