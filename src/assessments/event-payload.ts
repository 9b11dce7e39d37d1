import type { WebhookEvent, WebhookStyle } from '../../schemas/events'
import { isoTime } from '../date-time'

/** What an event is about. */
export interface EventFacts {
  accountId: string
  event: WebhookEvent
  /** When it happened, in milliseconds since 1970. */
  at: number
  recordId: string
  remoteId: string | null
  /** What a native event holds of the record. */
  data: object
}

/**
 * The payload of an event (docs/contract.md: Webhooks). Synthetic events come from polling the ATS: they have neither its
 * own event nor the record, and the bare name of the resource.
 */
export function eventPayload({ accountId, event, at, recordId, remoteId, data }: EventFacts, style: WebhookStyle) {
  const [resource = '', happening = ''] = event.split('.')
  const bare = resource.replace('ats_', '')
  const time = isoTime(at)
  const about = {
    project_id: 'sandbox',
    account_id: accountId,
    event,
    event_date: time,
    record_type: style === 'native' ? resource : bare,
    record_id: recordId,
    sent_at: time,
  }
  if (style === 'synthetic') return about
  const name = bare.replace(/s$/, '')
  return {
    ...about,
    record_remote_id: remoteId,
    raw_event: {
      headers: { 'content-type': 'application/json' },
      body: { type: `${name}.${happening}`, [`${name}_id`]: remoteId },
    },
    event_data: data,
  }
}
