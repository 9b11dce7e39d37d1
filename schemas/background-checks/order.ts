import type { Static } from '@sinclair/typebox'
import { Described, Id, Nullable, Passthrough, Text } from '../builders'
import { OrderIdSchema, orderParts } from '../order'
import { BackgroundCheckPackageSchema } from './package'

const ordered = { package: Nullable(BackgroundCheckPackageSchema), ...orderParts }

/** Body of `POST /background_checks/orders`. The answer is that of an assessment. */
export const BackgroundCheckOrderRequestSchema = Described('The background check to order, and of whom', {
  id: OrderIdSchema,
  remote_id: Id("The provider's identifier of the order", 'prov-order-15'),
  ...ordered,
  passthrough: Passthrough,
})

export type BackgroundCheckOrderRequest = Static<typeof BackgroundCheckOrderRequestSchema>

/** An order of a background check in an event. */
export const BackgroundCheckOrderSchema = Described('The order', {
  id: Text('Identifier of the order', 'order-2041'),
  remote_id: Text("The provider's identifier of the order", 'c0b1f3f5-92a4-4d0e-8f57-6f0a3f1f2a11'),
  ...ordered,
})
