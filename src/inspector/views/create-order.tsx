import { useState } from 'preact/hooks'
import type { ControlOrder } from '../../../schemas/control/orders'
import { Call } from '../components/call'
import { Field, TextInput } from '../components/field'
import { account, linkTo } from '../route'

/** Creates an order as a recruiter would. The sandbox fills blank fields with sample data. */
export function CreateOrder() {
  const [packageId, setPackageId] = useState('')
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [title, setTitle] = useState('')
  const [created, setCreated] = useState<ControlOrder | null>(null)

  const [first = '', ...rest] = name.trim().split(/\s+/)
  const last = rest.join(' ')
  const candidate = {
    ...(first !== '' && { first_name: first }),
    ...(last !== '' && { last_name: last }),
    ...(email !== '' && { emails: [{ value: email }] }),
  }
  const body = {
    ...(packageId !== '' && { package: { id: packageId } }),
    ...(Object.keys(candidate).length > 0 && { candidate }),
    ...(title !== '' && { job: { title } }),
  }

  return (
    <section class="card" aria-labelledby="create-order">
      <h2 id="create-order">Create an order</h2>
      <p class="quiet">As a recruiter would in the ATS. Blank fields get sample data; webhooks fire.</p>
      <div class="fields">
        <Field label="Package ID">
          <TextInput value={packageId} set={setPackageId} placeholder="pkg_sql_queries" />
        </Field>
        <Field label="Candidate">
          <TextInput value={name} set={setName} placeholder="Mia Lindqvist" />
        </Field>
        <Field label="E-mail">
          <TextInput type="email" value={email} set={setEmail} placeholder="mia@example.com" />
        </Field>
        <Field label="Job title">
          <TextInput value={title} set={setTitle} placeholder="Back-end engineer" />
        </Field>
      </div>
      <Call<ControlOrder>
        method="POST"
        path="orders"
        query={{ account: account.value }}
        body={body}
        label="Create order"
        look="main"
        said="Created."
        done={setCreated}
      />
      {created && (
        <p>
          <a href={linkTo('orders', created.account, created.id)}>Open order</a>
        </p>
      )}
    </section>
  )
}
