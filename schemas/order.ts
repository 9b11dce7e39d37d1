import { type Static, Type } from '@sinclair/typebox'
import { ApplicationSchema } from './application'
import { AssessmentPackageSchema } from './assessment-package'
import { Address, Described, Id, Nullable, Passthrough, Text } from './builders'
import { CandidateSchema } from './candidate'
import { HiringTeamMemberSchema } from './hiring-team-member'
import { JobSchema } from './job'

/** The parts of every order, whatever is ordered. */
export const orderParts = {
  application: Nullable(ApplicationSchema),
  job: Nullable(JobSchema),
  candidate: Nullable(CandidateSchema),
  requester: Nullable(HiringTeamMemberSchema),
  results_update_url: Address('Address to send the results to', 'https://ats.example.com/assessments/results'),
}

const ordered = { package: Nullable(AssessmentPackageSchema), ...orderParts }

/** The identifier in the body of an order. */
export const OrderIdSchema = Id('Identifier of the order; generated if missing', 'order-2041', {
  maxLength: 1024,
})

/** Body of `POST /orders`. Every property may be missing or null, unknown ones are kept (docs/contract.md: Orders). */
export const OrderRequestSchema = Described('The assessment to order, and for whom', {
  id: OrderIdSchema,
  ...ordered,
  passthrough: Passthrough,
})

export type OrderRequest = Static<typeof OrderRequestSchema>

/** Body of the answer to `POST /orders`; not wrapped in `data` (docs/contract.md: Operations). */
export const OrderPlacedSchema = Type.Object(
  {
    id: Text('Identifier of the order', 'order-2041'),
    remote_id: Text("The provider's identifier of the order", 'c0b1f3f5-92a4-4d0e-8f57-6f0a3f1f2a11'),
    test_url: Text('Where the candidate takes the assessment', 'http://127.0.0.1:4600/tests/mC9xT0pQk3vW5yZ7aB1dEg'),
  },
  { description: 'The order was placed' },
)

/** An order in an answer. */
export const OrderSchema = Described('The order', {
  id: Text('Identifier of the order', 'order-2041'),
  remote_id: Text("The provider's identifier of the order", 'c0b1f3f5-92a4-4d0e-8f57-6f0a3f1f2a11'),
  ...ordered,
})

export type Order = Static<typeof OrderSchema>
