import { useComputed } from '@preact/signals'
import { ago, exactMoment, sandboxNow, wholeMoment } from '../time'

/** How long ago something was by the sandbox's clock, or with `isWhole` its date and time. The exact time is its tooltip. */
export function Moment({ at, isWhole = false }: { at: string; isWhole?: boolean }) {
  const ms = Date.parse(at)
  return (
    <time dateTime={at} title={exactMoment(ms)}>
      {isWhole ? wholeMoment(ms) : <Ago key={at} ms={ms} />}
    </time>
  )
}

/** Updates its text alone: a list has hundreds. */
const Ago = ({ ms }: { ms: number }) => <>{useComputed(() => ago(ms, sandboxNow.value))}</>
