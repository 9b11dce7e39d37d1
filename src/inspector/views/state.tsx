import { useRef } from 'preact/hooks'
import type { Snapshot } from '../../../schemas/control/snapshot'
import { Call } from '../components/call'
import { account } from '../route'
import { LoadSnapshot } from './load-snapshot'

/** Snapshot and reset of the selected account, or of everything. */
export function State() {
  const of = account.value
  const what = of === '' ? 'everything' : `account ${of}`
  const question = useRef<HTMLDialogElement>(null)
  return (
    <section class="card" aria-labelledby="state">
      <h2 id="state">State</h2>
      <h3>Snapshot</h3>
      <p class="quiet">
        Orders, webhooks (with secrets unless anyone may read them), deliveries and faults of{' '}
        {of === '' ? 'all accounts' : what}.
      </p>
      <Call<Snapshot>
        method="GET"
        path="snapshot"
        query={{ account: of }}
        label="Download"
        said="Downloaded."
        done={(snapshot) => {
          save(JSON.stringify(snapshot, null, 2), of === '' ? 'sandbox.json' : 'sandbox-account.json')
        }}
      />
      <LoadSnapshot />
      <h3>Reset</h3>
      <p class="quiet">Restores the initial state{of !== '' && ` of ${what}`}.</p>
      <button
        type="button"
        class="danger"
        onClick={() => {
          question.current?.showModal()
        }}
      >
        Reset {what}…
      </button>
      <dialog ref={question} aria-labelledby="reset-question">
        <h2 id="reset-question">Reset {what}?</h2>
        <p>
          All orders, requests, deliveries, faults and added webhooks{of !== '' && ` of ${what}`} are deleted. Queued
          deliveries are cancelled.
        </p>
        <Call
          method="POST"
          path="reset"
          query={{ account: of }}
          label="Reset"
          look="danger"
          done={() => {
            question.current?.close()
          }}
        />
        <div class="buttons">
          <button type="button" onClick={() => question.current?.close()}>
            Cancel
          </button>
        </div>
      </dialog>
    </section>
  )
}

function save(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => {
    URL.revokeObjectURL(url)
  }, 10_000)
}
