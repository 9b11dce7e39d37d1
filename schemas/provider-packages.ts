import { type Static, Type } from '@sinclair/typebox'
import { AssessmentPackageSchema } from './assessment-package'
import { Nullable } from './builders'

/** Body of the question to a provider's packages endpoint (docs/contract.md: Packages endpoint). */
export const PackagesQuestionSchema = Type.Object(
  {
    job_id: Type.Optional(Type.String({ description: 'The job that a package is chosen for', examples: ['job_88'] })),
    account_id: Type.String({ description: 'The account of the recruiter', examples: ['acme'] }),
    provider: Type.String({ description: 'The ATS that the account is linked to', examples: ['teamtailor'] }),
  },
  { description: 'The request to the packages endpoint', examples: [{ job_id: 'job_88', account_id: 'acme' }] },
)

export type PackagesQuestion = Static<typeof PackagesQuestionSchema>

/** A package on offer: as in "list packages", and with an id. */
export const ProviderPackageSchema = Type.Object(
  {
    ...AssessmentPackageSchema.properties,
    id: Type.String({ minLength: 1, description: 'Identifier of the package', examples: ['pkg_sql_queries'] }),
  },
  { description: 'A package on offer', examples: [{ id: 'pkg_sql_queries', name: 'SQL queries' }] },
)

/** What a packages endpoint has to answer: "list packages", in which every package has an id. */
export const ProviderPackagesSchema = Type.Object({
  next: Nullable(Type.String({ description: 'The cursor of the next page', examples: [null] })),
  data: Type.Array(ProviderPackageSchema),
})

export type ProviderPackages = Static<typeof ProviderPackagesSchema>
