import type { Exchange, HttpMessage } from './records'

/** Maximum number of finished deliveries kept; pending ones always are. */
export const mostFinished = 10_000

/** How many exchanges of a delivery are kept: those of its latest attempts. */
export const mostExchanges = 10

/** Characters of all exchanges that are kept. Beyond it, the oldest are dropped. */
export const mostOfExchanges = 32 * 1024 * 1024

/** Characters that are counted for the headers of a message. */
const ofHeaders = 500

const sizeOf = (message: HttpMessage | null) => (message === null ? 0 : ofHeaders + message.body.length)

/** Approximate number of characters that an exchange takes. */
export const sizeOfExchange = ({ request, response }: Exchange): number => sizeOf(request) + sizeOf(response)
