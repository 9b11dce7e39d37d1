import { useState } from 'preact/hooks'
import {
  assessmentEvents,
  webhookEvents,
  type WebhookEvent,
  type WebhookStyle,
  webhookStyles,
} from '../../../schemas/events'
import { Badge } from '../components/badge'
import { Call } from '../components/call'
import { Choice, Field, TextInput } from '../components/field'
import { webhooks } from '../live'
import { account } from '../route'

const styles = webhookStyles.map((style) => [style, style] as const)

const example = 'http://127.0.0.1:3000/stackone'

export function Webhooks() {
  const [url, setUrl] = useState('')
  const [secret, setSecret] = useState('')
  const [style, setStyle] = useState<WebhookStyle>('native')
  const [events, setEvents] = useState<readonly WebhookEvent[]>(assessmentEvents)
  const body = {
    url: url || example,
    ...(secret !== '' && { secret }),
    ...(style !== 'native' && { style }),
    ...(!isUsual(events) && { events }),
  }
  return (
    <section class="card" aria-labelledby="webhooks">
      <h2 id="webhooks">Webhooks</h2>
      {webhooks.value.length === 0 ? (
        <p class="quiet">None yet. Webhooks receive the events that they subscribe to.</p>
      ) : (
        <ul class="items">
          {webhooks.value.map((webhook) => (
            <li key={webhook.id}>
              <div class="item-head">
                <strong class="broken">{webhook.url}</strong>
                {webhook.disabled === null ? <Badge tone="good">on</Badge> : <Badge tone="bad">off</Badge>}
              </div>
              <p class="quiet">
                {webhook.account === null ? 'All accounts' : `Account ${webhook.account}`}
                {webhook.disabled !== null && `, off: ${webhook.disabled}`}
              </p>
              <p class="quiet">
                {webhook.style === 'native' ? '' : 'Synthetic: '}
                {webhook.events.join(', ')}
              </p>
              <Call
                method="DELETE"
                path={`webhooks/${encodeURIComponent(webhook.id)}`}
                label="Remove"
                of={webhook.url}
                isFolded
              />
            </li>
          ))}
        </ul>
      )}
      <h3>Add a webhook</h3>
      <div class="fields">
        <Field label="URL">
          <TextInput type="url" value={url} set={setUrl} placeholder={example} />
        </Field>
        <Field label="Secret" note="default: sandbox">
          <TextInput value={secret} set={setSecret} />
        </Field>
        <Field label="Style">
          <Choice value={style} set={setStyle} options={styles} />
        </Field>
      </div>
      <details class="folded">
        <summary>Events ({events.length})</summary>
        <fieldset class="events">
          <legend class="unseen">Events</legend>
          {webhookEvents.map((event) => (
            <label key={event}>
              <input
                type="checkbox"
                checked={events.includes(event)}
                onChange={({ currentTarget: { checked } }) => {
                  // In the order of the list, whatever the order of the clicks.
                  setEvents(webhookEvents.filter((each) => (each === event ? checked : events.includes(each))))
                }}
              />{' '}
              {event}
            </label>
          ))}
        </fieldset>
      </details>
      <Call
        method="POST"
        path="webhooks"
        query={{ account: account.value }}
        body={body}
        label={account.value === '' ? 'Add for all accounts' : `Add for ${account.value}`}
        look="main"
        said="Added."
        isDisabled={events.length === 0}
        done={() => {
          setUrl('')
          setSecret('')
        }}
      />
    </section>
  )
}

const isUsual = (events: readonly WebhookEvent[]) =>
  events.length === assessmentEvents.length && assessmentEvents.every((event) => events.includes(event))
