import { type Static, Type } from '@sinclair/typebox'
import { AssessmentPackageSchema } from '../assessment-package'
import { BackgroundCheckTestSchema } from '../background-checks/package'
import { ListOf, Nullable, OrNull } from '../builders'
import { OrderSchema } from '../order'
import { orderKinds } from '../order-kinds'
import { ResultSchema, resultValues } from '../result'
import { outcomes } from '../test-form'
import { Choice, Fact, Limit, Moment, mostOfSearch, Next, pageFacts, timeFilter } from './builders'

/** State of an order: `ordered` until the candidate or a result changes it. */
export const orderStates = ['ordered', ...resultValues] as const

/** The order itself, of whichever kind. */
const AnyOrderSchema = Type.Object(
  {
    ...OrderSchema.properties,
    package: Nullable(
      Type.Object(
        {
          ...AssessmentPackageSchema.properties,
          tests: ListOf(BackgroundCheckTestSchema, 'The tests in the package; only background checks have them'),
        },
        { description: 'The package that was ordered', examples: AssessmentPackageSchema.examples as unknown[] },
      ),
    ),
  },
  { description: 'The order', examples: OrderSchema.examples as unknown[] },
)

/** An order in the control API: its request and its current state. */
export const ControlOrderSchema = Type.Object(
  {
    kind: Choice(orderKinds, 'What is ordered', 'assessment'),
    id: Fact('Identifier of the order', 'order-2041'),
    remoteId: Fact("The provider's identifier of the order", 'c0b1f3f5-92a4-4d0e-8f57-6f0a3f1f2a11'),
    account: Fact('The account that the order belongs to', 'acme'),
    testUrl: Fact('Where the candidate takes the test', 'http://127.0.0.1:4600/tests/mC9xT0pQk3vW5yZ7aB1dEg'),
    state: Choice(orderStates, 'State', 'in_progress'),
    orderedAt: Moment('When it was ordered'),
    openedAt: OrNull(Moment('When the candidate first opened the test')),
    startedAt: OrNull(Moment('When the candidate started the test')),
    resultAt: OrNull(Moment('When a part of the result was last recorded')),
    order: AnyOrderSchema,
    result: OrNull(ResultSchema),
  },
  { description: 'An order and its state' },
)

export type ControlOrder = Static<typeof ControlOrderSchema>

const exactly = { additionalProperties: false }

/** A filter for orders. Missing properties match any. */
export const OrderFilterSchema = Type.Object(
  {
    id: Type.Optional(Fact('Identifier of the order, or its remote id', 'order-2041')),
    search: Type.Optional(
      Type.String({
        maxLength: mostOfSearch,
        description:
          "Words from the id, the candidate's names and e-mails, the package and the state, in any case; the first 16,384 characters of these are searched",
        examples: ['mia'],
      }),
    ),
    kind: Type.Optional(Choice(orderKinds, 'What is ordered', 'assessment')),
    state: Type.Optional(Choice(orderStates, 'State', 'passed')),
    candidate: Type.Optional(
      Type.Object(
        {
          id: Type.Optional(Fact('Identifier of the candidate', 'cand_31')),
          email: Type.Optional(Fact('One of the e-mail addresses, in any case', 'mia.lindqvist@example.com')),
          first_name: Type.Optional(Fact('First name', 'Mia')),
          last_name: Type.Optional(Fact('Last name', 'Lindqvist')),
        },
        { ...exactly, description: 'The candidate', examples: [{ email: 'mia.lindqvist@example.com' }] },
      ),
    ),
    package: Type.Optional(
      Type.Object(
        {
          id: Type.Optional(Fact('Identifier of the package', 'pkg_sql_queries')),
          name: Type.Optional(Fact('Name of the package', 'SQL queries')),
        },
        { ...exactly, description: 'The package', examples: [{ id: 'pkg_sql_queries' }] },
      ),
    ),
    job: Type.Optional(
      Type.Object(
        {
          id: Type.Optional(Fact('Identifier of the job', 'job_88')),
          title: Type.Optional(Fact('Title of the job', 'Back-end engineer')),
        },
        { ...exactly, description: 'The job', examples: [{ id: 'job_88' }] },
      ),
    ),
    application: Type.Optional(
      Type.Object(
        { id: Type.Optional(Fact('Identifier of the application', 'app_1029')) },
        { ...exactly, description: 'The application', examples: [{ id: 'app_1029' }] },
      ),
    ),
    ...timeFilter('ordered'),
  },
  { ...exactly, description: 'Filter for orders', examples: [{ state: 'passed' }] },
)

export type OrderFilter = Static<typeof OrderFilterSchema>

export const OrderQuerySchema = Type.Object({ ...OrderFilterSchema.properties, limit: Limit, next: Next }, exactly)

export const OrderListSchema = Type.Object(
  { orders: Type.Array(ControlOrderSchema, { description: 'Newest first', examples: [[]] }), ...pageFacts },
  { description: 'Orders' },
)

export type OrderList = Static<typeof OrderListSchema>

/** What a recruiter orders. */
export const OrderKindQuerySchema = Type.Object(
  {
    kind: Type.Optional(
      Choice(orderKinds, 'What to order, with the body of its operation; default: assessment', 'background_check'),
    ),
  },
  exactly,
)

export type OrderKindQuery = Static<typeof OrderKindQuerySchema>

/** The orders to look around with. */
export const DemoSchema = Type.Object(
  { created: Type.Integer({ description: 'Number of orders', examples: [60] }) },
  { description: 'Sixty varied orders are there' },
)

export type Demo = Static<typeof DemoSchema>

/** The outcome to end a test with. */
export const OutcomeSchema = Type.Object(
  {
    result: Type.Optional(Choice(outcomes, 'How it ends; default: passed', 'passed')),
    score: Type.Optional(
      Type.Number({ minimum: 0, maximum: 100, description: 'Percentage; default: none', examples: [92] }),
    ),
    summary: Type.Optional(Fact('The result in words; default: none', 'Quick and thorough')),
  },
  { ...exactly, description: 'How the test ends', examples: [{ result: 'passed', score: 92 }] },
)

export type OutcomeToSet = Static<typeof OutcomeSchema>
