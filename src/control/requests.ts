import type { LiveRequest } from '../../schemas/control/live'
import { type JournalEntry, mostOfBody } from '../../schemas/control/requests'
import { isoTime } from '../date-time'
import type { Headers, Recorded } from '../store/records'
import { isSecretName, mask, withoutSecrets } from './secret-names'

/** A request as lists show it. */
export const showInList = (recorded: Recorded): LiveRequest => ({
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
  request: { headers: showHeaders(recorded.requestHeaders), ...showBody(recorded.requestBody, most) },
  response: { headers: showHeaders(recorded.responseHeaders), ...showBody(recorded.responseBody, most) },
})

/** Approximate number of characters that a request takes in a list. */
export const sizeOfRequest = ({ requestBody, responseBody }: Recorded): number =>
  sizeOfBody(requestBody) + sizeOfBody(responseBody)

const sizeOfBody = (body: string | null) => Math.min(String(body).length, mostOfBody)

const showHeaders = (headers: Headers): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, showHeader(name, String(value))]),
  )

/** The value of a header, masked if it may be secret. */
export const showHeader = (name: string, value: string): string => (isSecretName(name) ? masked(value) : value)

/** Keeps the scheme: it helps to find mistakes and reveals nothing. */
const masked = (value: string) => (/^(basic|bearer) ./i.test(value) ? `${value.split(' ', 1).join()} ${mask}` : mask)

const showBody = (body: string | null, most: number) => ({
  body: body === null || body === '' ? null : body.slice(0, most),
  isCut: body === null || body.length > most,
})
