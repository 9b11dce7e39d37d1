import { isoTime } from '../date-time'
import { type Outgoing, receiversOf } from '../deliveries/outgoing'
import { type Happening, subjectOf, type Webhook } from '../store/records'
import { eventPayload } from './event-payload'

/** The deliveries that tell webhooks what happened at `at` (milliseconds since 1970) to a record or an account. */
export function announce(
  happening: Happening,
  { webhooks, at }: { webhooks: readonly Webhook[]; at: number },
): Outgoing[] {
  const { accountId, event, requestId } = happening
  return receiversOf(event, accountId, webhooks).map((receiver) => ({
    accountId,
    orderId: null,
    remoteId: subjectOf(happening),
    event,
    at,
    result: null,
    requestId,
    payload: JSON.stringify(payloadOf(happening, at, receiver.style)),
    receiver,
  }))
}

function payloadOf(happening: Happening, at: number, style: Webhook['style']): object {
  const { accountId, event, recordId, data } = happening
  if (event.startsWith('account.'))
    // Such an event is StackOne's own, so it has no record of an ATS (docs/contract.md: Webhooks).
    return { project_id: 'sandbox', account_id: recordId, event, event_date: isoTime(at), ...data }
  return eventPayload({ ...happening, accountId, at }, style)
}
