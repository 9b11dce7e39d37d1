import type { Static } from '@sinclair/typebox'
import { Described, Id, Nullable, Passthrough } from '../builders'
import { OrderIdSchema, orderParts } from '../order'
import { BackgroundCheckPackageSchema } from './package'

/** Body of `POST /background_checks/orders`. The answer is that of an assessment. */
export const BackgroundCheckOrderRequestSchema = Described('The background check to order, and of whom', {
  id: OrderIdSchema,
  remote_id: Id("The provider's identifier of the order", 'prov-order-15'),
  package: Nullable(BackgroundCheckPackageSchema),
  ...orderParts,
  passthrough: Passthrough,
})

export type BackgroundCheckOrderRequest = Static<typeof BackgroundCheckOrderRequestSchema>
