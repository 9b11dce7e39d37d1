import { sandboxNow, shortMoment, wholeMoment } from '../time'

/** A moment, short; the whole of it when it is pointed at. */
export function Moment({ at, isWhole = false }: { at: string; isWhole?: boolean }) {
  const ms = Date.parse(at)
  return (
    <time dateTime={at} title={at}>
      {isWhole ? wholeMoment(ms) : shortMoment(ms, sandboxNow.peek())}
    </time>
  )
}
