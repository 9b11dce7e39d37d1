import { type Static, Type } from '@sinclair/typebox'
import { OrNull } from '../builders'
import { type WebhookEvent, webhookEvents, webhookStyles } from '../events'
import { accountStatuses, recordKinds } from '../kept'
import { orderKinds } from '../order-kinds'
import { Choice } from './builders'
import { deliveryEvents, deliveryStatuses } from './deliveries'
import { FaultToAddSchema } from './faults'
import { orderStates } from './orders'

/** Increased when older sandboxes could not read new snapshots. */
export const snapshotVersion = 2

const exactly = { additionalProperties: false }
const Instant = Type.Integer({ minimum: -8.64e15, maximum: 8.64e15 })
const Id = Type.String({ minLength: 1, maxLength: 1024 })
/** Text that can be part of an address or a header. */
const PlainId = Type.String({ minLength: 1, maxLength: 1024, pattern: '^[\\x21-\\x7e]+$' })
const Json = Type.String()

const KeptOrder = Type.Object(
  {
    // Optional, like all that version 1 lacks.
    kind: Type.Optional(Choice(orderKinds, 'What is ordered', 'assessment')),
    accountId: Id,
    id: Id,
    remoteId: PlainId,
    token: PlainId,
    origin: Type.String(),
    orderedAt: Instant,
    openedAt: OrNull(Instant),
    startedAt: OrNull(Instant),
    resultAt: OrNull(Instant),
    state: Choice(orderStates, 'State', 'ordered'),
    request: Json,
    result: OrNull(Json),
  },
  exactly,
)

/** Replaces a secret if anyone could read the snapshot. */
const LeftOut = {
  properties: { leftOut: { type: 'string' } },
  required: ['leftOut'],
  additionalProperties: false,
}
export interface LeftOut {
  leftOut: string
}
// In the order in which the serialiser tries them.
const Secret = Type.Unsafe<string | LeftOut>({ type: ['object', 'string'], ...LeftOut })
const SecretOrNull = Type.Unsafe<string | LeftOut | null>({ type: ['object', 'null', 'string'], ...LeftOut })

const KeptWebhook = Type.Object(
  {
    id: Id,
    accountId: OrNull(Id),
    url: Type.String(),
    secret: Secret,
    events: Type.Optional(
      Type.Unsafe<readonly WebhookEvent[]>(Type.Array(Choice(webhookEvents, 'Event', 'ats_assessments.created'))),
    ),
    style: Type.Optional(Choice(webhookStyles, 'Style', 'native')),
    disabled: OrNull(Type.String()),
  },
  exactly,
)

const KeptDelivery = Type.Object(
  {
    accountId: Id,
    orderId: OrNull(Id),
    remoteId: Id,
    number: Type.Integer({ minimum: 1 }),
    event: Choice(deliveryEvents, 'Event that it reports', 'ats_assessments.created'),
    at: Instant,
    result: OrNull(Json),
    payload: Type.Optional(OrNull(Json)),
    receiver: Type.Object(
      {
        method: Type.String(),
        url: Type.String(),
        secret: SecretOrNull,
        webhookId: OrNull(Id),
        origin: Type.String(),
        style: Type.Optional(Choice(webhookStyles, 'Style', 'native')),
      },
      exactly,
    ),
    status: Choice(deliveryStatuses, 'Status', 'pending'),
    nextAttemptAt: OrNull(Instant),
    attempts: Type.Array(
      Type.Object(
        {
          at: Instant,
          url: Type.String(),
          status: OrNull(Type.Integer()),
          ms: Type.Number(),
          error: OrNull(Type.String()),
          nextAttemptAt: OrNull(Instant),
        },
        exactly,
      ),
    ),
    earlier: Type.Integer({ minimum: 0 }),
  },
  exactly,
)

const KeptFault = Type.Object(
  {
    accountId: OrNull(Id),
    fault: FaultToAddSchema,
    seen: Type.Integer({ minimum: 0 }),
    struck: Type.Integer({ minimum: 0 }),
  },
  exactly,
)

const KeptRecord = Type.Object(
  {
    accountId: Id,
    kind: Choice(recordKinds, 'Kind of record', 'candidates'),
    id: Type.String({ maxLength: 1024 }),
    value: OrNull(Json),
  },
  exactly,
)

const KeptAccount = Type.Object(
  {
    id: Id,
    provider: OrNull(Type.String()),
    status: Choice(accountStatuses, 'Status', 'active'),
    packages: OrNull(Type.Object({ url: Type.String(), secret: Secret, auth: SecretOrNull }, exactly)),
    updatedAt: Instant,
  },
  exactly,
)

export const AtsBasisSchema = Type.Object(
  { salt: Type.String({ maxLength: 1024 }), since: Instant },
  { ...exactly, description: 'What the ATS is invented from', examples: [{ salt: '', since: 1_770_000_000_000 }] },
)

/**
 * The state of a sandbox, or of one account: orders, webhooks, deliveries, faults, records and settings of accounts, with
 * secrets unless anyone may read it.
 */
export const SnapshotSchema = Type.Object(
  {
    format: Type.Literal('stackone-assessments-sandbox', { description: 'Format of the document' }),
    version: Type.Integer({ description: 'Version of the format', examples: [snapshotVersion] }),
    takenAt: Type.String({
      format: 'date-time',
      description: 'When it was taken',
      examples: ['2026-11-23T10:10:00.000Z'],
    }),
    account: OrNull(Type.String({ description: 'Its account; null for all', examples: ['acme'] })),
    orders: Type.Array(KeptOrder, { description: 'Orders, oldest first', examples: [[]] }),
    webhooks: Type.Array(KeptWebhook, {
      description: 'Webhooks, with their secrets unless anyone could read them',
      examples: [[]],
    }),
    deliveries: Type.Array(KeptDelivery, { description: 'Deliveries, oldest first', examples: [[]] }),
    faults: Type.Array(KeptFault, { description: 'Faults, in their order', examples: [[]] }),
    // Optional, like all that version 1 lacks.
    ats: Type.Optional(AtsBasisSchema),
    records: Type.Optional(
      Type.Array(KeptRecord, { description: 'Records that differ from the invented ones', examples: [[]] }),
    ),
    accounts: Type.Optional(Type.Array(KeptAccount, { description: 'Settings of accounts', examples: [[]] })),
  },
  { ...exactly, description: 'A snapshot', examples: [{ format: 'stackone-assessments-sandbox', version: 1 }] },
)

export type Snapshot = Static<typeof SnapshotSchema>
