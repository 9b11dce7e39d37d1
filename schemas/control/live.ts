import { type Static, Type } from '@sinclair/typebox'
import { OrNull } from '../builders'
import { Fact } from './builders'
import { ClockSchema } from './clock'
import { ControlDeliverySchema } from './deliveries'
import { FaultSchema } from './faults'
import { ControlOrderSchema } from './orders'
import { JournalEntrySchema } from './requests'
import { ControlWebhookSchema } from './webhooks'

/** Maximum number of orders, of requests and of deliveries in a message of the live view. */
export const mostLive = 200

/** An order in a list. */
export const LiveOrderSchema = Type.Object(
  {
    ...Type.Pick(ControlOrderSchema, ['id', 'account', 'state', 'orderedAt', 'resultAt']).properties,
    candidate: OrNull(Fact('Name of the candidate', 'Mia Lindqvist')),
    email: OrNull(Fact('First e-mail address of the candidate', 'mia.lindqvist@example.com')),
    package: OrNull(Fact('Name of the package, or its id', 'SQL queries')),
  },
  { description: 'An order as a list shows it' },
)

export type LiveOrder = Static<typeof LiveOrderSchema>

/** A request in a list. */
export const LiveRequestSchema = Type.Object(
  {
    ...Type.Omit(JournalEntrySchema, ['request', 'response']).properties,
    isPageLoad: Type.Boolean({
      description: 'Whether it loads the page behind a `test_url`, or sends one of its forms',
      examples: [false],
    }),
  },
  { description: 'A request as a list shows it' },
)

export type LiveRequest = Static<typeof LiveRequestSchema>

/**
 * A message of the live view. The first one, and those after a reset or a lost connection, hold the whole state
 * (`isWhole`). The others hold the orders, requests and deliveries that changed since the previous message, and all
 * settings.
 */
export const LiveSchema = Type.Object(
  {
    isWhole: Type.Boolean({ description: 'Whether it is the whole state rather than changes', examples: [true] }),
    hasNewSettings: Type.Boolean({
      description: 'Whether a setting, or a record of an ATS, may have changed since the previous message',
      examples: [true],
    }),
    orders: Type.Array(LiveOrderSchema, { description: 'Newest first, at most 200', examples: [[]] }),
    requests: Type.Array(LiveRequestSchema, { description: 'Newest first, at most 200', examples: [[]] }),
    deliveries: Type.Array(ControlDeliverySchema, { description: 'Newest first, at most 200', examples: [[]] }),
    faults: Type.Array(FaultSchema, { description: 'All, in the order in which they apply', examples: [[]] }),
    webhooks: Type.Array(ControlWebhookSchema, { description: 'All', examples: [[]] }),
    clock: ClockSchema,
    problem: OrNull(Fact('Why the sandbox is not well; null if it is', 'the state is not saved: the disk is full')),
    accounts: Type.Array(Type.String(), { description: 'Accounts that have orders', examples: [['acme']] }),
    orderCount: Type.Integer({ description: 'Number of orders', examples: [1] }),
    droppedRequests: Type.Integer({ description: 'Number of requests that the journal no longer has', examples: [0] }),
    droppedDeliveries: Type.Integer({
      description: 'Number of finished deliveries that are no longer kept',
      examples: [0],
    }),
  },
  { description: 'State and changes for viewers' },
)

export type Live = Static<typeof LiveSchema>

/** The stream as text, since tools agree on no schema for streams. */
export const EventsSchema = Type.String({
  description:
    'Server-sent events. The data of each is JSON: first everything there is (`"isWhole":true`), then what is new or has changed',
  examples: ['data: {"isWhole":true,"orders":[],"requests":[],"deliveries":[]}\n\n'],
})
