import { type JournalEntry, mostOfBody } from '../../schemas/control/requests'
import { isoTime } from '../date-time'
import { withoutSecrets } from '../http/secret-names'
import { shownHeaders } from '../http/shown-headers'
import type { Recorded } from '../store/records'

/** A request as lists show it. */
export const showInList = (recorded: Recorded): Omit<JournalEntry, 'request' | 'response'> => ({
  id: recorded.id,
  at: isoTime(recorded.at),
  ms: recorded.ms,
  method: recorded.method,
  path: withoutSecrets(recorded.url),
  operation: recorded.operation,
  account: recorded.accountId,
  orderId: recorded.orderId,
  status: recorded.status,
  message: recorded.message,
  hint: recorded.hint,
  fault: recorded.fault,
  warnings: [...recorded.warnings],
})

/** A request as the control API shows it: without credentials, and with the first `most` characters of each body. */
export const showRequest = (recorded: Recorded, most = mostOfBody): JournalEntry => ({
  ...showInList(recorded),
  request: { headers: shownHeaders(recorded.requestHeaders), ...showBody(recorded.requestBody, most) },
  response: { headers: shownHeaders(recorded.responseHeaders), ...showBody(recorded.responseBody, most) },
})

/** Approximate number of characters that a request takes in a list. */
export const sizeOfRequest = ({ requestBody, responseBody }: Recorded): number =>
  sizeOfBody(requestBody) + sizeOfBody(responseBody)

const sizeOfBody = (body: string | null) => Math.min(String(body).length, mostOfBody)

const showBody = (body: string | null, most: number) => ({
  body: body === null || body === '' ? null : body.slice(0, most),
  isCut: body === null || body.length > most,
})
