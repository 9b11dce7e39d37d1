import type { Exchange, HttpMessage } from '../store/records'

/** How many exchanges of a delivery are kept: those of its latest attempts. */
export const mostExchanges = 10

/** Characters of all exchanges that are kept. Beyond it, the oldest are dropped. */
export const mostOfExchanges = 32 * 1024 * 1024

/** Characters that are counted for the headers of a message. */
const ofHeaders = 500

const sizeOf = (message: HttpMessage | null) => (message === null ? 0 : ofHeaders + message.body.length)

/** Approximate number of characters that an exchange takes. */
export const sizeOfExchange = ({ request, response }: Exchange): number => sizeOf(request) + sizeOf(response)
