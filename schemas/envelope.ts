import { type Static, type TSchema, Type } from '@sinclair/typebox'
import { ListOf, Nullable, ProviderBody } from './builders'

/** The call to the provider behind an answer, shown with `raw` (docs/contract.md: Operations). */
export const RawCallSchema = Type.Object(
  {
    method: Type.String({ description: 'HTTP method', examples: ['GET'] }),
    url: Type.String({
      description: 'Address that was called',
      examples: ['https://provider.example.com/v1/packages/prov-108'],
    }),
    body: ProviderBody('Body that was sent', null),
    response: ProviderBody('Body of the answer, as the provider gave it', {
      id: 'pkg_sql_queries',
      name: 'SQL queries',
    }),
  },
  {
    description: 'A call to the provider',
    examples: [{ method: 'GET', url: 'https://provider.example.com/v1/packages/prov-108' }],
  },
)

export type RawCall = Static<typeof RawCallSchema>

const raw = ListOf(RawCallSchema, 'Calls to the provider, when `raw` was asked for')

/** StackOne's envelope of a single object. */
export const Envelope = <T extends TSchema>(data: T, description: string) => Type.Object({ data, raw }, { description })

/** StackOne's envelope of a page of a list. */
export const Page = <T extends TSchema>(item: T, description: string) =>
  Type.Object(
    {
      next_page: Nullable(
        Type.String({ description: 'The page number after this one', examples: [null], deprecated: true }),
      ),
      next: Nullable(
        Type.String({
          description: 'The cursor of the next page; null on the last one',
          examples: ['YWZ0ZXI6cGtnX3NxbF9xdWVyaWVz'],
        }),
      ),
      data: Type.Array(item, { description: 'The entries of the page', examples: [[]] }),
      raw,
    },
    { description },
  )
