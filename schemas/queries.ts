import { type Static, type TProperties, Type } from '@sinclair/typebox'
import { Described, Nullable } from './builders'

/** Query parameters of all reads (docs/contract.md: Operations). */
export const ReadQuerySchema = Type.Object({
  raw: Nullable(
    Type.Boolean({ default: false, description: 'Show the call to the provider beside the answer', examples: [true] }),
  ),
  proxy: Nullable(
    Type.Object(
      {},
      {
        additionalProperties: true,
        description: 'Parameters for the provider; the sandbox accepts and ignores them',
        examples: [{ tenant: '7' }],
      },
    ),
  ),
  fields: Nullable(
    Type.String({ description: 'Return only these properties, separated by commas', examples: ['id,name'] }),
  ),
})

export type ReadQuery = Static<typeof ReadQuerySchema>

const updatedAfter = {
  description: 'Return only what was updated after this date',
  examples: ['2026-01-31T00:00:00.000Z'],
}

/** The filter of a list. Besides `updated_after`, it takes `filters`. */
export const Filter = <F extends TProperties>(filters: F) =>
  Nullable(Described('What to leave out', { updated_after: Nullable(Type.String(updatedAfter)), ...filters }))

/** Query parameters of lists (docs/contract.md: Pagination). */
export const ListQuerySchema = Type.Object({
  ...ReadQuerySchema.properties,
  filter: Filter({}),
  page: Nullable(Type.String({ description: 'Number of the page, from 1', examples: ['2'], deprecated: true })),
  page_size: Nullable(
    Type.String({ default: '25', description: 'Entries on a page, from 1 to 100', examples: ['10'] }),
  ),
  next: Nullable(
    Type.String({
      description: 'The cursor from the previous page',
      examples: ['YWZ0ZXI6cGtnX3NxbF9xdWVyaWVz'],
    }),
  ),
  updated_after: Nullable(Type.String({ ...updatedAfter, deprecated: true })),
})

/** Path parameters with an `id`. */
export const IdParams = (description: string, example: string) =>
  Type.Object({ id: Type.String({ description, examples: [example] }) })

/** The order that a call is about. */
export const IdParamsSchema = IdParams('Identifier in the account', 'order-2041')

/** The package that a call is about. */
export const PackageParamsSchema = IdParams('Identifier of the package', 'pkg_typescript_backend')
