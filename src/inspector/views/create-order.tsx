import { useState } from 'preact/hooks'
import type { ControlOrder } from '../../../schemas/control/orders'
import { Call } from '../components/call'
import { Field, TextInput } from '../components/field'
import { account, linkTo } from '../route'

/** Orders as a recruiter would, with whatever is told; the sandbox invents the rest. */
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
      <h2 id="create-order">Order as a recruiter</h2>
      <p class="quiet">What you leave out is invented. Webhooks are told of it.</p>
      <div class="fields">
        <Field label="Package id">
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
        label="Order"
        look="main"
        said="Ordered."
        done={setCreated}
      />
      {created && (
        <p>
          <a href={linkTo('orders', created.account, created.id)}>Open the order</a>
        </p>
      )}
    </section>
  )
}
