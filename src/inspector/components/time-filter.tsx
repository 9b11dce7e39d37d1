import { useEffect, useState } from 'preact/hooks'
import { changeQuery, setQuery } from '../route'
import { chosenTime } from '../time-query'
import { Select } from './select'

const options = [
  ['5m', 'Last 5 minutes'],
  ['1h', 'Last hour'],
  ['today', 'Today'],
  ['range', 'From … to …'],
] as const

/** When it happened, by the clock of the sandbox. */
export function TimeFilter() {
  const { recent, isRange, from, to } = chosenTime()
  return (
    <>
      <Select
        name="time"
        label="Time"
        any="Any time"
        value={isRange ? 'range' : recent}
        options={options}
        set={(time) => {
          changeQuery({ time, from: '', to: '' })
        }}
      />
      {isRange && (
        <div class="range" role="group" aria-label="Time range">
          <MomentInput name="from" label="From" iso={from} />
          <MomentInput name="to" label="To" iso={to} />
        </div>
      )}
    </>
  )
}

/** A date and a time in the zone of the browser, kept in the URL in UTC. */
function MomentInput({ name, label, iso }: { name: string; label: string; iso: string }) {
  const [text, setText] = useState(toLocal(iso))
  useEffect(() => {
    if (toIso(text) !== iso) setText(toLocal(iso))
  }, [iso])
  useEffect(() => {
    if (toIso(text) === iso) return
    // Each typed digit of a year is a date, too.
    const timer = setTimeout(setQuery, 600, name, toIso(text))
    return () => {
      clearTimeout(timer)
    }
  }, [text])
  return (
    <label>
      <span>{label}</span>
      <input
        type="datetime-local"
        step="1"
        value={text}
        onInput={({ currentTarget }) => {
          setText(currentTarget.value)
        }}
      />
    </label>
  )
}

function toIso(local: string): string {
  const ms = Date.parse(local)
  return Number.isNaN(ms) ? '' : new Date(ms).toISOString()
}

function toLocal(iso: string): string {
  if (iso === '') return ''
  const moment = new Date(iso)
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 19)
}
