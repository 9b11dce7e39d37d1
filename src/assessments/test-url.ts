import type { StoredOrder } from '../store/orders'

/** Where the candidate of an order takes the test; its form is assumed. */
export const testUrl = ({ origin, token }: Pick<StoredOrder, 'origin' | 'token'>): string => `${origin}/tests/${token}`
