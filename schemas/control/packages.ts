import { type Static, Type } from '@sinclair/typebox'
import { BackgroundCheckTestSchema } from '../background-checks/package'
import { ListOf, OrNull } from '../builders'
import { ProviderPackageSchema } from '../provider-packages'
import { Fact } from './builders'
import { HttpMessage } from './deliveries'

const exactly = { additionalProperties: false }

/** What to ask the packages endpoint about. */
export const PackagesFetchSchema = Type.Object(
  { job_id: Type.Optional(Fact('The job that a package is chosen for; default: none', 'job_88')) },
  { ...exactly, description: 'What to ask about', examples: [{ job_id: 'job_88' }] },
)

export type PackagesFetch = Static<typeof PackagesFetchSchema>

const Problem = Type.Object(
  {
    path: Fact('Where in the answer; empty if it is about the answer as a whole', 'data/0/id'),
    message: Fact('What is wrong, in a sentence', 'data/0/id must be string'),
  },
  { description: 'Something wrong with the answer', examples: [{ path: 'data', message: 'data is empty' }] },
)

export type PackagesProblem = Static<typeof Problem>

/** What the packages endpoint answered, and what is wrong with it. */
export const PackagesReportSchema = Type.Object(
  {
    packages: Type.Array(ProviderPackageSchema, { description: 'The packages on offer', examples: [[]] }),
    problems: Type.Array(Problem, { description: 'What is wrong; empty if all is well', examples: [[]] }),
    request: OrNull(HttpMessage('The request as it was sent; null if none was')),
    response: OrNull(HttpMessage('The answer as it was received; null if there was none')),
  },
  { description: 'What the packages endpoint answered' },
)

export type PackagesReport = Static<typeof PackagesReportSchema>

export const PackageListSchema = Type.Object(
  {
    packages: Type.Array(
      Type.Object(
        {
          ...ProviderPackageSchema.properties,
          tests: ListOf(BackgroundCheckTestSchema, 'The tests in the package; only background checks have them'),
        },
        { description: 'A package on offer', examples: ProviderPackageSchema.examples as unknown[] },
      ),
      { description: 'The packages of the sandbox', examples: [[]] },
    ),
  },
  { description: 'What a recruiter chooses from where no packages endpoint is asked' },
)

export type PackageList = Static<typeof PackageListSchema>

/** The packages endpoint of an account. */
export const PackagesEndpointSchema = Type.Object(
  {
    url: Type.String({
      description: 'Address to ask: http:// or https://',
      examples: ['http://127.0.0.1:3000/packages'],
    }),
    secret: Type.Optional(
      Type.String({ minLength: 1, description: 'Signing secret; default: sandbox', examples: ['sandbox'] }),
    ),
    auth: Type.Optional(
      Type.String({
        pattern: '^[\\x20-\\x7e]+$',
        description: 'API key, sent as HTTP Basic exactly as it is; default: none',
        examples: ['provider-key:'],
      }),
    ),
  },
  {
    ...exactly,
    description: 'The packages endpoint of an account',
    examples: [{ url: 'http://127.0.0.1:3000/packages' }],
  },
)

export type PackagesEndpointToSet = Static<typeof PackagesEndpointSchema>

/** The packages endpoint of an account as it is shown. */
export const ControlPackagesEndpointSchema = Type.Object(
  {
    url: OrNull(Fact('Address that is asked; null if there is none', 'http://127.0.0.1:3000/packages')),
    isAuthenticated: Type.Boolean({ description: 'Whether an API key is sent', examples: [true] }),
    isAsked: Type.Boolean({
      description:
        "Whether a recruiter's order asks it: not if there is none, nor where packages are made in the ATS (Workday, SAP SuccessFactors)",
      examples: [true],
    }),
  },
  { description: 'The packages endpoint; its secret and its key are never shown' },
)

export type ControlPackagesEndpoint = Static<typeof ControlPackagesEndpointSchema>
