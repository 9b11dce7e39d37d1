import { useState } from 'preact/hooks'
import type { PackagesEndpointToSet } from '../../../schemas/control/packages'
import { Call } from './call'
import { Field, TextInput } from './field'

const example = 'http://127.0.0.1:3000/packages'

/** Sets the packages endpoint of an account. It is folded until it is needed. */
export function PackagesEndpointForm({
  account,
  title,
  isSet = false,
  changed,
}: {
  account: string
  title: string
  isSet?: boolean
  changed: () => void
}) {
  const [url, setUrl] = useState('')
  const [secret, setSecret] = useState('')
  const [auth, setAuth] = useState('')
  const body: PackagesEndpointToSet = {
    url: url || example,
    ...(secret !== '' && { secret }),
    ...(auth !== '' && { auth }),
  }
  return (
    <details class="folded">
      <summary>{title}</summary>
      <div class="packages">
        <div class="fields">
          <Field label="URL">
            <TextInput type="url" value={url} set={setUrl} placeholder={example} />
          </Field>
          <Field label="Signing secret" note="default: sandbox">
            <TextInput value={secret} set={setSecret} />
          </Field>
          <Field label="API key" note="HTTP Basic, optional">
            <TextInput value={auth} set={setAuth} placeholder="provider-key:" />
          </Field>
        </div>
        <Call
          method="PUT"
          path="packages/endpoint"
          query={{ account }}
          body={body}
          label={`Set for ${account}`}
          said="Set."
          done={changed}
        />
        {isSet && (
          <Call
            method="DELETE"
            path="packages/endpoint"
            query={{ account }}
            label="Remove"
            of="the packages endpoint"
            said="Removed."
            done={changed}
            isFolded
          />
        )}
      </div>
    </details>
  )
}
