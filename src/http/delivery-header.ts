/** Identifies a delivery in every request that a sandbox sends. Sandboxes refuse requests that have it. */
export const deliveryHeader = 'x-sandbox-delivery'
