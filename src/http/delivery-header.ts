/** Identifies a delivery, in every request that the sandbox sends: no sandbox takes one that has it. */
export const deliveryHeader = 'x-sandbox-delivery'
