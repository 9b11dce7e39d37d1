import { sandboxNow, shortMoment, wholeMoment } from '../time'

/** A time in short form, with the full one as its tooltip. */
export function Moment({ at, isWhole = false }: { at: string; isWhole?: boolean }) {
  const ms = Date.parse(at)
  return (
    <time dateTime={at} title={at}>
      {isWhole ? wholeMoment(ms) : shortMoment(ms, sandboxNow.peek())}
    </time>
  )
}
