import { useState } from 'preact/hooks'
import type { ControlOrder } from '../../../schemas/control/orders'
import type { Application } from '../ats-records'
import { ApplicationChoice } from '../components/application-choice'
import { Field } from '../components/field'
import { SendTest } from '../components/send-test'
import { accounts } from '../live'
import { account, linkTo, setQuery } from '../route'

/** The account of examples, where any is allowed. */
const usual = 'acme'

/** Orders as a recruiter would in the ATS: a package for an application, both chosen from lists. */
export function CreateOrder() {
  const of = account.value || (accounts.value[0] ?? usual)
  return (
    <article class="create-order">
      <header class="detail-head">
        <h2>Order as a recruiter</h2>
      </header>
      <p class="quiet">As in the ATS of the account: choose an application, then a package. Webhooks fire.</p>
      <Field label="Account">
        <input
          list="accounts"
          value={of}
          autocomplete="off"
          spellcheck={false}
          onChange={({ currentTarget }) => {
            setQuery('account', currentTarget.value.trim())
          }}
        />
      </Field>
      <OrderForm key={of} of={of} />
    </article>
  )
}

function OrderForm({ of }: { of: string }) {
  const [application, setApplication] = useState<Application | null>(null)
  const [created, setCreated] = useState<ControlOrder | null>(null)
  return (
    <>
      <ApplicationChoice account={of} value={application} set={setApplication} />
      {application === null ? (
        <p class="quiet">Choose an application to see the packages.</p>
      ) : (
        <SendTest key={application.id} of={of} application={application} done={setCreated} />
      )}
      {created && (
        <p role="status">
          <a href={linkTo('orders', created.account, created.id)}>Open the order</a>
        </p>
      )}
    </>
  )
}
