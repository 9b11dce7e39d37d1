import { ofOrders, written } from './operations'
import type { LedgerRow } from './row'

/** What the service sends: callbacks, webhooks, and the question for a provider's packages. */
export const deliveriesRows: readonly LedgerRow[] = [
  {
    behaviour: 'Every recorded result is sent to `results_update_url`; opening or starting the test sends nothing',
    sure: 'assumed',
    unprobed: 'it needs a receiver that the service can reach',
    operations: ofOrders,
  },
  {
    behaviour:
      'The callback\'s method (`PATCH`, configurable) and body (that of "update result", plus the order\'s `id` and `remote_id`), and the lack of a signature',
    sure: 'assumed',
    unprobed: 'it needs a receiver that the service can reach',
    operations: [],
  },
  {
    behaviour:
      'Webhooks: the events `ats_assessments.created`, `.updated` and `.deleted`, with the fields of native events, `raw_event` (`headers`, `body`) and `event_data` among them',
    sure: 'documented',
    unprobed: 'it needs a receiver that the service can reach',
    operations: [],
  },
  {
    behaviour: 'Webhooks: each gets the events that it subscribes to, and no others',
    sure: 'documented',
    unprobed: 'it needs a receiver that the service can reach',
    operations: [],
  },
  {
    behaviour:
      'Webhooks: by default, a webhook subscribes to the three events of assessments; an event that no webhook subscribes to is kept with the status `not-subscribed`',
    sure: 'sandbox',
    unprobed: "the sandbox's own",
    operations: [],
  },
  {
    behaviour: 'Webhooks: synthetic events (`style`) have none of `record_remote_id`, `raw_event` and `event_data`',
    sure: 'documented',
    unprobed: 'it needs a receiver that the service can reach',
    operations: [],
  },
  {
    behaviour: 'Webhooks: a new secret signs from the moment it is set, including retries of earlier deliveries',
    sure: 'assumed',
    unprobed: 'it needs a receiver that the service can reach',
    operations: [],
  },
  {
    behaviour:
      'Webhooks: the header `x-stackone-signature`, HMAC-SHA256 over the raw body in base64url without padding; no timestamp',
    sure: 'documented',
    unprobed: 'it needs a receiver that the service can reach',
    operations: [],
  },
  {
    behaviour: 'Webhooks: assessment events hold `application_id` and `candidate_id`',
    sure: 'documented',
    unprobed: 'it needs a receiver that the service can reach',
    operations: [],
  },
  {
    behaviour:
      'Webhooks: `application_id` and `candidate_id` are in `event_data`, beside the order and its `result`; `record_type` is `ats_assessments`, in synthetic events `assessments`; the content of `raw_event`',
    sure: 'assumed',
    unprobed: 'it needs a receiver that the service can reach',
    operations: [],
  },
  {
    behaviour: 'Every new order sends `created`, every recorded result `updated`',
    sure: 'assumed',
    unprobed: 'it needs a receiver that the service can reach',
    operations: ofOrders,
  },
  {
    behaviour:
      'An order that the recruiter cancels sends `deleted`, and does not expire; a result that is reported afterwards is recorded, and sends `updated`',
    sure: 'assumed',
    unprobed: 'it needs a receiver that the service can reach',
    operations: written,
  },
  {
    behaviour:
      'Retries: which answers cause them, five attempts over about ten minutes, `Retry-After` by RFC 9110 (from a second to a day), 15 seconds of real time to answer, 410 disables the webhook',
    sure: 'assumed',
    unprobed: 'it needs a receiver that the service can reach',
    operations: [],
  },
  {
    behaviour:
      "The candidate's page: states initiated when opened, in_progress when started; the score and the pass mark of 60",
    sure: 'assumed',
    unprobed: "it is a page for people; StackOne's looks different",
    operations: [],
  },
  {
    behaviour:
      'The packages endpoint is asked before a recruiter orders: `POST`, `{job_id, account_id, provider}`, signed, with HTTP Basic',
    sure: 'documented',
    unprobed: 'it needs a receiver that the service can reach',
    operations: [],
  },
  {
    behaviour:
      'The packages endpoint has five seconds to answer and 1 MiB for its answer; the key is encoded exactly as it is given; redirects are not followed',
    sure: 'assumed',
    unprobed: 'it needs a receiver that the service can reach',
    operations: [],
  },
]
