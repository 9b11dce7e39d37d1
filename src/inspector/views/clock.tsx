import { useState } from 'preact/hooks'
import { Call } from '../components/call'
import { Choice, Field, numberOf, TextInput } from '../components/field'
import { clock } from '../live'
import { sandboxNow, wholeMoment } from '../time'

const spans = [
  ['60000', '1 min'],
  ['3600000', '1 h'],
  ['86400000', '1 day'],
] as const

const units = [
  ['1000', 'seconds'],
  ['60000', 'minutes'],
  ['3600000', 'hours'],
  ['86400000', 'days'],
] as const

export function Clock() {
  const [amount, setAmount] = useState('15')
  const [unit, setUnit] = useState<(typeof units)[number][0]>('1000')
  const [to, setTo] = useState('')
  const { isFrozen } = clock.value
  const ms = Math.max(0, Math.round((numberOf(amount) ?? 0) * Number(unit)))
  const moment = Date.parse(to)

  return (
    <section class="card" aria-labelledby="clock">
      <h2 id="clock">Clock</h2>
      <Reading />
      {isFrozen ? (
        <Call key="resume" method="POST" path="clock/resume" label="Resume" look="main" said="Running." isFolded />
      ) : (
        <Call key="freeze" method="POST" path="clock/freeze" label="Freeze" look="main" said="Frozen." isFolded />
      )}
      <h3>Advance</h3>
      <p class="quiet">Runs everything that falls due: delivery retries, expiries, delays.</p>
      <div class="quick">
        {spans.map(([span, label]) => (
          <Call
            key={span}
            method="POST"
            path="clock/advance"
            body={{ ms: Number(span) }}
            label={`+ ${label}`}
            isFolded
          />
        ))}
      </div>
      <div class="fields">
        <Field label="By">
          <TextInput type="number" min={0} value={amount} set={setAmount} />
        </Field>
        <Field label="Unit">
          <Choice value={unit} set={setUnit} options={units} />
        </Field>
      </div>
      <Call method="POST" path="clock/advance" body={{ ms }} label="Advance" />
      <h3>Set the time</h3>
      <div class="fields">
        <Field label="Date and time" note="with zone">
          <TextInput value={to} set={setTo} placeholder="2026-01-31T09:30:00Z" />
        </Field>
      </div>
      <Call
        method="POST"
        path="clock/set"
        body={{
          now: to === '' ? '2026-01-31T09:30:00.000Z' : Number.isNaN(moment) ? to : new Date(moment).toISOString(),
        }}
        label="Set"
      />
    </section>
  )
}

const Reading = () => (
  <p class="reading">
    {wholeMoment(sandboxNow.value)} {clock.value.isFrozen && <strong>frozen</strong>}
  </p>
)
