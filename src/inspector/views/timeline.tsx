import { linkTo } from '../route'
import { delta, sandboxNow, shortMoment } from '../time'
import type { Step } from '../timeline'

/** What happened, with when, and how long after the beginning. */
export function Timeline({ steps, from }: { steps: readonly Step[]; from: string }) {
  const start = Date.parse(from)
  return (
    <ol class="timeline">
      {steps.map((step) => (
        <li key={step.key} class={step.isDue ? `${step.tone} due` : step.tone}>
          <div class="when">
            <time dateTime={step.at} title={step.at}>
              {shortMoment(Date.parse(step.at), start)}
            </time>
            <span class="quiet">{step.isDue ? <DueIn at={step.at} /> : delta(Date.parse(step.at) - start)}</span>
          </div>
          <div class="what">
            {step.link ? <a href={linkTo(...step.link)}>{step.title}</a> : <span>{step.title}</span>}
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

/** How long until a moment, by the clock of the sandbox. */
export function DueIn({ at }: { at: string }) {
  const ms = Date.parse(at) - sandboxNow.value
  return <>{ms > 0 ? `in ${delta(Math.max(1_000, Math.round(ms / 1_000) * 1_000)).slice(1)}` : 'due now'}</>
}
