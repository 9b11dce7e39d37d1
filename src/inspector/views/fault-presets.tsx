import type { FaultToAdd } from '../../../schemas/control/faults'
import { Call } from '../components/call'
import { account } from '../route'

interface Preset {
  readonly title: string
  /** What a good client does about it. */
  readonly question: string
  readonly fault: FaultToAdd
}

const presets: readonly Preset[] = [
  {
    title: '429 twice',
    question: 'The next two orders are refused with Retry-After. Does your client wait that long, and then succeed?',
    fault: { on: 'orders.create', status: 429, retryAfter: 2, times: 2 },
  },
  {
    title: 'Flaky',
    question: 'Every third call gets 502, until you remove this fault. Does your client retry, and with a backoff?',
    fault: { on: '*', status: 502, every: 3, always: true },
  },
  {
    title: 'Slow',
    question:
      'Every response takes 3 to 6 seconds, until you remove this fault. Does your client wait, or time out cleanly?',
    fault: { on: '*', delayMs: 3_000, delayToMs: 6_000, always: true },
  },
  {
    title: 'Lost answer',
    question: 'The next order is placed, but the connection breaks before the answer. Does your client order twice?',
    fault: { on: 'orders.create', answer: 'reset-in-body' },
  },
]

/** Faults that most clients should be tried with, each added in one click. */
export const FaultPresets = () => (
  <ul class="items">
    {presets.map(({ title, question, fault }) => (
      <li key={title}>
        <strong>{title}</strong>
        <p class="quiet">{question}</p>
        <Call
          method="POST"
          path="faults"
          query={{ account: account.value }}
          body={fault}
          label="Add"
          of={title}
          said="Added."
          isFolded
        />
      </li>
    ))}
  </ul>
)
