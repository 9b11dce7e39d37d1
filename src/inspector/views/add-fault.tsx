import { useState } from 'preact/hooks'
import type { FaultToAdd } from '../../../schemas/control/faults'
import { type Operation, operations } from '../../../schemas/operations'
import { Call } from '../components/call'
import { Choice, Field, numberOf, TextInput } from '../components/field'
import { account } from '../route'
import { brokenInWords } from '../words'

type Effect = 'status' | 'answer' | 'delay'
type Broken = NonNullable<FaultToAdd['answer']>
type Occasion = 'once' | 'times' | 'always' | 'every' | 'after'

const choices = (['*', ...operations] as const).map((name) => [name, name === '*' ? 'Any' : name] as const)

const effects = [
  ['status', 'Return error'],
  ['answer', 'Break response'],
  ['delay', 'Delay response'],
] as const

const statuses = [400, 401, 403, 404, 408, 409, 412, 422, 429, 500, 501, 502, 503].map(
  (status) => [String(status), String(status)] as const,
)

const brokenAnswers = (['none', 'reset', 'reset-in-body', 'truncated-json', 'not-json'] satisfies Broken[]).map(
  (answer: Broken) => [answer, brokenInWords(answer)] as const,
)

const occasions = [
  ['once', 'Once'],
  ['times', 'n times'],
  ['always', 'Until removed'],
  ['every', 'Every nth call'],
  ['after', 'After n calls'],
] as const

export function AddFault() {
  const [on, setOn] = useState<Operation | '*'>('orders.create')
  const [effect, setEffect] = useState<Effect>('status')
  const [status, setStatus] = useState('429')
  const [retryAfter, setRetryAfter] = useState('')
  const [answer, setAnswer] = useState<Broken>('none')
  const [delay, setDelay] = useState('200')
  const [delayTo, setDelayTo] = useState('')
  const [occasion, setOccasion] = useState<Occasion>('once')
  const [n, setN] = useState('2')

  const count = numberOf(n) ?? 1
  const wait = numberOf(retryAfter)
  const latest = numberOf(delayTo)
  const body: FaultToAdd = {
    on,
    ...(effect === 'status' && { status: Number(status), ...(wait !== undefined && { retryAfter: wait }) }),
    ...(effect === 'answer' && { answer }),
    ...(effect === 'delay' && { delayMs: numberOf(delay) ?? 0, ...(latest !== undefined && { delayToMs: latest }) }),
    ...(occasion === 'always' && { always: true }),
    ...((occasion === 'times' || occasion === 'every' || occasion === 'after') && { [occasion]: count }),
  }

  return (
    <>
      <div class="fields">
        <Field label="Operation">
          <Choice value={on} set={setOn} options={choices} />
        </Field>
        <Field label="Effect">
          <Choice value={effect} set={setEffect} options={effects} />
        </Field>
        {effect === 'status' && (
          <>
            <Field label="Status">
              <Choice value={status} set={setStatus} options={statuses} />
            </Field>
            <Field label="Retry-After" note="s, optional">
              <TextInput type="number" min={0} value={retryAfter} set={setRetryAfter} />
            </Field>
          </>
        )}
        {effect === 'answer' && (
          <Field label="How">
            <Choice value={answer} set={setAnswer} options={brokenAnswers} />
          </Field>
        )}
        {effect === 'delay' && (
          <>
            <Field label="Delay" note="ms">
              <TextInput type="number" min={0} value={delay} set={setDelay} />
            </Field>
            <Field label="Up to" note="optional">
              <TextInput type="number" min={0} value={delayTo} set={setDelayTo} />
            </Field>
          </>
        )}
        <Field label="How often">
          <Choice value={occasion} set={setOccasion} options={occasions} />
        </Field>
        {(occasion === 'times' || occasion === 'every' || occasion === 'after') && (
          <Field label="n">
            <TextInput type="number" min={1} value={n} set={setN} />
          </Field>
        )}
      </div>
      <Call
        method="POST"
        path="faults"
        query={{ account: account.value }}
        body={body}
        label={account.value === '' ? 'Add for all accounts' : `Add for ${account.value}`}
        look="main"
        said="Added."
      />
    </>
  )
}
