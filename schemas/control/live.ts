import { type Static, Type } from '@sinclair/typebox'
import { OrNull } from '../builders'
import { Fact } from './builders'
import { ClockSchema } from './clock'
import { ControlDeliverySchema } from './deliveries'
import { FaultSchema } from './faults'
import { ControlOrderSchema } from './orders'
import { JournalEntrySchema } from './requests'
import { ControlWebhookSchema } from './webhooks'

/** Orders, requests and deliveries that a message of the live view holds at most, of each. */
export const mostLive = 200

/** An order as a list shows it. */
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

/** A request as a list shows it. */
export const LiveRequestSchema = Type.Omit(JournalEntrySchema, ['request', 'response'], {
  description: 'A request as a list shows it',
})

export type LiveRequest = Static<typeof LiveRequestSchema>

/**
 * What the live view tells: at first, and after a reset or a loss of connection, what there is (`isWhole`); then what is
 * new or changed since the message before, and the rest as it is.
 */
export const LiveSchema = Type.Object(
  {
    isWhole: Type.Boolean({ description: 'Whether it is all there is to show, not what changed', examples: [true] }),
    orders: Type.Array(LiveOrderSchema, { description: 'Newest first, at most 200', examples: [[]] }),
    requests: Type.Array(LiveRequestSchema, { description: 'Newest first, at most 200', examples: [[]] }),
    deliveries: Type.Array(ControlDeliverySchema, { description: 'Newest first, at most 200', examples: [[]] }),
    faults: Type.Array(FaultSchema, { description: 'All, in the order in which they strike', examples: [[]] }),
    webhooks: Type.Array(ControlWebhookSchema, { description: 'All', examples: [[]] }),
    clock: ClockSchema,
    accounts: Type.Array(Type.String(), { description: 'Accounts that have orders', examples: [['acme']] }),
    orderCount: Type.Integer({ description: 'Orders that there are', examples: [1] }),
    droppedRequests: Type.Integer({ description: 'Requests that the journal no longer keeps', examples: [0] }),
    droppedDeliveries: Type.Integer({ description: 'Finished deliveries that are no longer kept', examples: [0] }),
  },
  { description: 'What there is to look at' },
)

export type Live = Static<typeof LiveSchema>

/** The stream as text: there is no schema for streams that tools agree on. */
export const EventsSchema = Type.String({
  description:
    'Server-sent events. The data of each is JSON: at first all there is (`"isWhole":true`), then what is new or changed',
  examples: ['data: {"isWhole":true,"orders":[],"requests":[],"deliveries":[]}\n\n'],
})
