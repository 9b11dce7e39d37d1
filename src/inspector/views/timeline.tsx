import { linkTo } from '../route'
import { clock } from '../live'
import { delta, exactMoment, sandboxNow, shortMoment } from '../time'
import type { Step } from '../timeline'

/** The steps with their times, and how long after the order each happened. */
export function Timeline({ steps, from }: { steps: readonly Step[]; from: string }) {
  const start = Date.parse(from)
  const since = (at: string) => Date.parse(at) - start
  return (
    <ol class="timeline">
      {steps.map((step) => (
        <li key={step.key} class={step.isDue ? `${step.tone} due` : step.tone}>
          <div class="when">
            <time dateTime={step.at} title={exactMoment(Date.parse(step.at))}>
              {shortMoment(Date.parse(step.at), start)}
            </time>
            {!step.isDue && since(step.at) !== 0 && <span class="quiet">{delta(since(step.at))}</span>}
          </div>
          <div class="what">
            {step.link ? <a href={linkTo(...step.link)}>{step.title}</a> : <span>{step.title}</span>}
            {step.isDue && (
              <>
                {' '}
                <DueIn at={step.at} />
              </>
            )}
            {step.note && (
              <p class="quiet" dir="auto">
                {step.note}
              </p>
            )}
          </div>
        </li>
      ))}
    </ol>
  )
}

/** The time left until `at`, by the sandbox's clock, which says so if it stands still. */
export function DueIn({ at }: { at: string }) {
  const due = Date.parse(at)
  const ms = due - sandboxNow.value
  const left = ms > 0 ? `in ${delta(Math.max(1_000, Math.round(ms / 1_000) * 1_000)).slice(1)}` : 'due now'
  return (
    <time dateTime={at} title={exactMoment(due)}>
      {left}
      {clock.value.isFrozen && ms > 0 && ' (clock frozen)'}
    </time>
  )
}
