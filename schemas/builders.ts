import {
  type ObjectOptions,
  type Static,
  type StringOptions,
  type TProperties,
  type TSchema,
  Type,
} from '@sinclair/typebox'

/**
 * A value that may be null. Written as `type: [T, 'null']`, because a union of schemas would make the validator report
 * each branch.
 */
export function OrNull<T extends TSchema>(schema: T) {
  const values: unknown = schema['enum']
  return Type.Unsafe<Static<T> | null>({
    ...schema,
    type: [schema['type'], 'null'],
    ...(Array.isArray(values) && { enum: [...(values as unknown[]), null] }),
  })
}

/**
 * A property as StackOne declares it in a body: it may be missing, and it may be null (docs/contract.md: Operations).
 */
export const Nullable = <T extends TSchema>(schema: T) => Type.Optional(OrNull(schema))

/** An object with a description. Its example combines those of its properties. */
export const Described = <T extends TProperties>(description: string, properties: T, options: ObjectOptions = {}) =>
  Type.Object(properties, {
    ...options,
    description,
    examples: [Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, exampleOf(schema)]))],
  })

/** A nullable list with a description. Its example is that of an item. */
export const ListOf = <T extends TSchema>(item: T, description: string) =>
  Nullable(Type.Array(item, { description, examples: [[exampleOf(item)]] }))

const exampleOf = (schema: TSchema): unknown => (schema.examples as unknown[])[0]

/** A nullable string with a description and an invented example. */
export const Text = (description: string, example: string, options: StringOptions = {}) =>
  Nullable(Type.String({ description, examples: [example], ...options }))

/** The expected kind of a value. Anything else is accepted as published, with a warning. */
export type Expected = 'id' | 'http-address' | 'e-mail-address' | 'score'

/** The schema keyword for it. */
export const expectedKeyword = 'x-expected'

export const expecting = (expected: Expected) => ({ [expectedKeyword]: expected })

/** A nullable identifier. */
export const Id = (description: string, example: string, options: StringOptions = {}) =>
  Text(description, example, { ...options, ...expecting('id') })

/** A nullable address of a page or an endpoint. */
export const Address = (description: string, example: string) => Text(description, example, expecting('http-address'))

/** A nullable e-mail address. */
export const EmailAddress = (description: string, example: string) =>
  Text(description, example, expecting('e-mail-address'))

/** A nullable list of strings with a description. Its example has one entry. */
export const TextList = (description: string, example: string) =>
  ListOf(Type.String({ examples: [example] }), description)

/** A nullable list of identifiers. */
export const IdList = (description: string, example: string) =>
  ListOf(Type.String({ examples: [example], ...expecting('id') }), description)

/** A nullable ISO date-time. */
export const DateTime = (description: string, example: string) =>
  Nullable(Type.String({ format: 'date-time', description, examples: [example] }))

/** A nullable string out of a closed list of values. */
export const OneOf = <const V extends readonly string[]>(values: V, description: string, example: V[number]) =>
  Nullable(Type.Unsafe<V[number]>({ type: 'string', enum: values, description, examples: [example] }))

/** The provider's own value beside a unified one: any JSON value (docs/contract.md: Operations). */
export const SourceValue = (description: string, example: string) =>
  Type.Optional(
    Type.Unsafe<unknown>({
      // The order in which the serialiser tries them: it takes an array for a string if that comes first.
      type: ['array', 'object', 'number', 'boolean', 'null', 'string'],
      additionalProperties: true,
      items: {},
      description,
      examples: [example],
    }),
  )

/** A value in unified terms, out of a closed list, beside the provider's own. `what` follows "the". */
export const UnifiedValue = <const V extends readonly string[]>(
  what: string,
  values: V,
  example: V[number],
  sourceExample: string,
) =>
  Described(`The ${what}`, {
    value: OneOf(values, `The ${what} in unified terms`, example),
    source_value: SourceValue(`The ${what} as the provider calls it`, sourceExample),
  })

/** The same property, marked as deprecated. */
export const Deprecated = <T extends TSchema>(schema: T): T => ({ ...schema, deprecated: true })

/** A body sent to a provider or received from it, unchanged: JSON or text (docs/contract.md: Operations). */
export const ProviderBody = (description: string, example: unknown) =>
  Type.Optional(
    Type.Unsafe<string | object | null>({
      // In the order in which the serialiser tries them, as with SourceValue.
      type: ['array', 'object', 'null', 'string'],
      additionalProperties: true,
      items: {},
      description,
      examples: [example],
    }),
  )

/** Values that StackOne passes to the provider unchanged. */
export const Passthrough = Nullable(
  Type.Record(Type.String(), Type.Unknown(), {
    description: 'Values that are passed to the provider unchanged',
    examples: [{ preferred_language: 'en' }],
  }),
)
