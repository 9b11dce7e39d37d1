import { useState } from 'preact/hooks'
import { Badge } from '../components/badge'
import { Call } from '../components/call'
import { Field, TextInput } from '../components/field'
import { webhooks } from '../live'
import { account } from '../route'

const example = 'http://127.0.0.1:3000/stackone'

export function Webhooks() {
  const [url, setUrl] = useState('')
  const [secret, setSecret] = useState('')
  const body = { url: url || example, ...(secret !== '' && { secret }) }
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
      </div>
      <Call
        method="POST"
        path="webhooks"
        query={{ account: account.value }}
        body={body}
        label={account.value === '' ? 'Add for all accounts' : `Add for ${account.value}`}
        look="main"
        said="Added."
        done={() => {
          setUrl('')
          setSecret('')
        }}
      />
    </section>
  )
}
