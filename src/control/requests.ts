import { Type } from '@sinclair/typebox'
import type { LiveRequest } from '../../schemas/control/live'
import {
  type JournalEntry,
  type RequestFilter,
  RequestFilterSchema,
  type Verification,
} from '../../schemas/control/requests'
import { Limit } from '../../schemas/control/shared'
import { isoTime } from '../clock'
import type { Headers, Recorded } from '../store/journal'
import { requestDifferences } from './match'

/** Which requests to list. */
export const RequestSearchSchema = Type.Object(
  { filter: Type.Optional(RequestFilterSchema), limit: Limit },
  { additionalProperties: false, description: 'Which requests' },
)

const secret = /^(authorization|proxy-authorization|cookie|set-cookie|x-api-key)$/

/** A request as a list shows it. */
export const showInList = (recorded: Recorded): LiveRequest => ({
  id: recorded.id,
  at: isoTime(recorded.at),
  ms: recorded.ms,
  method: recorded.method,
  path: recorded.url,
  operation: recorded.operation,
  account: recorded.accountId,
  orderId: recorded.orderId,
  status: recorded.status,
  message: recorded.message,
  hint: recorded.hint,
  fault: recorded.fault,
})

/** A request as the control API shows it: without credentials. */
export const showRequest = (recorded: Recorded): JournalEntry => ({
  ...showInList(recorded),
  request: { headers: showHeaders(recorded.requestHeaders), body: recorded.requestBody || null },
  response: { headers: showHeaders(recorded.responseHeaders), body: recorded.responseBody || null },
})

const showHeaders = (headers: Headers): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, secret.test(name) ? masked(String(value)) : String(value)]),
  )

/** The scheme helps to see what is wrong, and gives nothing away. */
const masked = (value: string) => (/^(basic|bearer) ./i.test(value) ? `${value.split(' ', 1).join()} ***` : '***')

/** How many of `entries` fit `filter`, and which comes nearest when none does. */
export function verify(entries: readonly JournalEntry[], filter: RequestFilter): Verification {
  const compared = entries.map((request) => {
    const differences = requestDifferences(request, filter)
    return { request, differences, distance: differences.reduce((sum, { weight }) => sum + weight, 0) }
  })
  const matched = compared.filter(({ distance }) => distance === 0).length
  const [nearest] = compared.sort((a, b) => a.distance - b.distance)
  if (matched > 0 || nearest === undefined) return { matched, nearest: null }
  return { matched, nearest: { request: nearest.request, differences: nearest.differences.map(({ text }) => text) } }
}
