import { signal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import type { DeliveryDetail } from '../../../schemas/control/deliveries'
import { Code } from '../components/code'
import { Field, TextInput } from '../components/field'
import { Headed } from '../components/headed'
import { deliveryCurl } from '../curl'
import { canSign, signatureOf } from '../signature'

/** What the user typed. It stays in the page, also while other deliveries are opened. */
const secret = signal('')
const receiver = signal('')

const header = 'x-stackone-signature'

/** Verifies the signature of the last request with the user's secret, and sends the request to the user's receiver. */
export function DeliverySignature({ delivery: { attempts, method, url } }: { delivery: DeliveryDetail }) {
  const request = attempts.findLast((attempt) => attempt.request !== null)?.request
  const body = request?.body ?? ''
  const signature = useSignature(body, secret.value)
  if (!request) return null
  const sent = request.headers[header]
  if (request.isCut) {
    return (
      <Headed title="Signature">
        <p class="quiet">The body is too long to be kept whole, so it can be neither verified nor sent from here.</p>
      </Headed>
    )
  }
  return (
    <>
      <Headed title="Signature">
        {sent === undefined ? (
          <p class="quiet">Result callbacks have no signature.</p>
        ) : (
          <>
            <Field label="Secret of the webhook" note="stays in this page">
              <TextInput
                value={secret.value}
                set={(text) => {
                  secret.value = text
                }}
                placeholder="sandbox"
              />
            </Field>
            <Verdict sent={sent} expected={signature} />
          </>
        )}
      </Headed>
      <Headed title="Send it to my receiver">
        <Field
          label="Receiver"
          note={sent === undefined ? 'optional' : 'optional; signed with the secret above, if any'}
        >
          <TextInput
            type="url"
            value={receiver.value}
            set={(text) => {
              receiver.value = text
            }}
            placeholder={url}
          />
        </Field>
        <Code
          text={deliveryCurl(method, receiver.value || url, request, sent === undefined ? null : signature)}
          name="curl: this delivery"
          copyLabel="Copy as curl"
        />
      </Headed>
    </>
  )
}

/** The signature of `body`; null without a secret, and until it is known. */
function useSignature(body: string, given: string): string | null {
  const [known, setKnown] = useState<{ of: string; signature: string } | null>(null)
  const of = JSON.stringify([body, given])
  useEffect(() => {
    if (given === '' || !canSign()) return
    let isCurrent = true
    void signatureOf(body, given).then((signature) => {
      if (isCurrent) setKnown({ of, signature })
    })
    return () => {
      isCurrent = false
    }
  }, [of])
  return known?.of === of ? known.signature : null
}

/** Whether the signature is right. */
function Verdict({ sent, expected }: { sent: string; expected: string | null }) {
  if (!canSign()) return <p class="quiet">Browsers can verify signatures only on localhost or over HTTPS.</p>
  return (
    <div role="status">
      {expected !== null &&
        (expected === sent ? (
          <p class="said">✓ The signature matches this secret.</p>
        ) : (
          <div class="notice">
            <p>
              <strong>✕ The signature doesn't match: it was made with another secret.</strong>
            </p>
            <p>
              Sent: <code class="broken">{sent}</code>
            </p>
            <p>
              Expected: <code class="broken">{expected}</code>
            </p>
          </div>
        ))}
    </div>
  )
}
