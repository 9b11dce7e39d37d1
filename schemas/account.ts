import { type Static, Type } from '@sinclair/typebox'
import { Deprecated, Described, ListOf, Nullable, OneOf, Text } from './builders'
import { Choice, Fact, Moment } from './control/builders'

/** Status of a linked account; a closed list (docs/contract.md: Authentication and accounts). */
export const accountStatuses = ['active', 'inactive', 'error'] as const

/** Kinds of linked accounts; a closed list (docs/contract.md: Authentication and accounts). */
export const accountTypes = ['production', 'test', 'unmapped_value'] as const

export const StatusReasonSchema = Described('Why the account has its status', {
  code: Text('Code of the reason', 'expired_credentials'),
  description: Text('The reason in words', 'The credentials have expired'),
  timestamp: Moment('When it was detected'),
})

const Settings = (description: string, example: Record<string, string>) =>
  Nullable(Type.Record(Type.String(), Type.Unknown(), { description, examples: [example] }))

/** An account that is linked with a provider: `GET /accounts/{id}`. A list of them is a bare array. */
export const LinkedAccountSchema = Described('The linked account', {
  id: Fact('Identifier of the account', 'acme'),
  provider: Fact('The provider', 'sandbox'),
  provider_name: Text('Name of the provider', 'Sandbox'),
  origin_owner_id: Fact('Identifier of the organisation that linked the account', 'acme'),
  origin_owner_name: Fact('Name of the organisation that linked the account', 'Acme'),
  origin_username: Text('Who linked the account', 'noor.haddad@example.com'),
  status: Choice(accountStatuses, 'Whether the account works', 'active'),
  status_reasons: ListOf(StatusReasonSchema, 'Why the account has its status'),
  type: OneOf(accountTypes, 'Kind of account', 'test'),
  label: Text('Label of the account', 'Trial'),
  setup_information: Settings('What was entered when the account was linked', { subdomain: 'acme' }),
  credentials: Settings('Credentials of the account', {}),
  created_at: Moment('When the account was linked'),
  updated_at: Moment('When the account was last changed'),
})

export type LinkedAccount = Static<typeof LinkedAccountSchema>

/** A parameter that may be repeated; if it is not, it is parsed as a string. */
const Repeated = (description: string, example: string) =>
  Type.Optional(
    Type.Unsafe<string | string[]>({
      type: ['array', 'string'],
      items: { type: 'string' },
      description,
      examples: [[example]],
    }),
  )

const Numeric = (description: string, example: number, options: { default?: number } = {}) =>
  Nullable(Type.Number({ description, examples: [example], ...options }))

/** Query parameters of `GET /accounts`. */
export const ListAccountsQuerySchema = Type.Object({
  account_ids: Repeated('Return only these accounts', 'acme'),
  origin_owner_id: Text('Return only accounts of this organisation', 'acme'),
  origin_owner_ids: Repeated('Return only accounts of these organisations', 'acme'),
  page: Numeric('Number of the page, from 1', 2),
  page_size: Numeric('Accounts on a page', 10, { default: 25 }),
  provider: Deprecated(Text('Return only accounts with this provider', 'sandbox')),
  providers: Repeated('Return only accounts with these providers', 'sandbox'),
  status: Repeated('Return only accounts with these statuses', 'active'),
})

export type ListAccountsQuery = Static<typeof ListAccountsQuerySchema>
