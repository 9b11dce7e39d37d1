import { BackgroundCheckOrderRequestSchema } from './background-checks/order'
import { OrderRequestSchema } from './order'

/** The body that orders each kind. */
export const orderBodies = {
  assessment: OrderRequestSchema,
  background_check: BackgroundCheckOrderRequestSchema,
} as const
