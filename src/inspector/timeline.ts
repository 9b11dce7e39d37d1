import type { ControlDelivery } from '../../schemas/control/deliveries'
import type { ControlOrder } from '../../schemas/control/orders'
import type { JournalEntry } from '../../schemas/control/requests'
import { span } from './time'
import { eventInWords, isRefused, stateInWords, type Tone, toneOf } from './words'

/** Something that happened to an order, or that is due. */
export interface Step {
  readonly key: string
  readonly at: string
  readonly title: string
  readonly note: string
  readonly tone: Tone
  /** What to open for more: a request or a delivery. */
  readonly link: readonly ['requests' | 'deliveries', string] | null
  readonly isDue: boolean
}

const titles: Record<string, string> = {
  'orders.create': 'Order requested',
  'orders.get': 'Order read by the client',
  'results.get': 'Results read by the client',
  'results.update': 'Result reported by the provider',
}

/** All that happened to an order, oldest first. */
export function timelineOf(
  order: ControlOrder,
  requests: readonly JournalEntry[],
  deliveries: readonly ControlDelivery[],
): readonly Step[] {
  const creation = requests.find(({ operation, status }) => operation === 'orders.create' && status === 200)
  const others = requests.filter((entry) => entry !== creation)
  const steps = [
    ...beginning(order, creation),
    ...milestones(order, others.find(isSubmission)),
    ...others.flatMap(requestStep),
    ...deliveries.flatMap(deliverySteps),
  ]
  // A stable sort: with a frozen clock all happens at the same moment, and the order above is the one it happened in.
  return steps.sort((a, b) => Number(a.isDue) - Number(b.isDue) || Date.parse(a.at) - Date.parse(b.at))
}

const plain = { note: '', tone: 'quiet', link: null, isDue: false } as const

/** The journal writes a request down when it is answered; by then deliveries may have begun. */
const beginning = ({ orderedAt }: ControlOrder, creation: JournalEntry | undefined): Step[] =>
  creation
    ? requestStep({ ...creation, at: orderedAt })
    : [{ ...plain, key: 'ordered', at: orderedAt, title: 'Ordered' }]

/** The form that ends the test, of the journal: the order itself only knows the result that it led to. */
const isSubmission = ({ method, status, operation, request }: JournalEntry) =>
  method === 'POST' &&
  status === 303 &&
  operation === null &&
  /(^|&)step=(submit|outcome)(&|$)/.test(request.body ?? '')

function milestones(order: ControlOrder, submission: JournalEntry | undefined): Step[] {
  const { openedAt, startedAt, resultAt, state } = order
  const isOver = !['ordered', 'initiated', 'in_progress'].includes(state)
  return [
    ...(openedAt === null ? [] : [{ ...plain, key: 'opened', at: openedAt, title: 'Page opened by the candidate' }]),
    ...(startedAt === null ? [] : [{ ...plain, key: 'started', at: startedAt, title: 'Test started' }]),
    ...(submission === undefined
      ? []
      : [
          {
            ...plain,
            key: 'submitted',
            at: resultAt ?? submission.at,
            title: 'Test submitted',
            link: ['requests', String(submission.id)] as const,
          },
        ]),
    ...(resultAt === null || !isOver
      ? []
      : [
          {
            ...plain,
            key: 'result',
            at: resultAt,
            title: `Result: ${stateInWords(state)}`,
            note: resultNote(order),
            tone: toneOf(state),
          },
        ]),
  ]
}

function resultNote({ result }: ControlOrder): string {
  const score = result?.score
  const parts = [score?.value && `score ${score.value}${score.max ? ` of ${score.max}` : ''}`, result?.summary]
  return parts.filter(Boolean).join(' · ')
}

function requestStep(entry: JournalEntry): Step[] {
  const { id, at, operation, method, path, status, ms, hint, fault } = entry
  // The page of the test is told of by the milestones; its form too, unless something was wrong with it.
  if (operation === null && !isRefused(entry)) return []
  return [
    {
      key: `request ${String(id)}`,
      at,
      title: (operation && titles[operation]) ?? `${method} ${path}`,
      note: [
        `${method} · ${status === null ? 'no answer' : String(status)} in ${String(ms)} ms`,
        fault && `struck by ${fault}`,
        entry.message,
        hint,
      ]
        .filter(Boolean)
        .join(' · '),
      tone: isRefused(entry) ? 'bad' : 'quiet',
      link: ['requests', String(id)],
      isDue: false,
    },
  ]
}

function deliverySteps(delivery: ControlDelivery): Step[] {
  const { id, event, attempts, status, createdAt, nextAttemptAt, url } = delivery
  const link = ['deliveries', id] as const
  const name = eventInWords(event)
  const steps = attempts.map((attempt, index): Step => {
    const isGood = attempt.error === null
    const which = attempts.length > 1 ? `, attempt ${String(index + 1)}` : ''
    const answer = attempt.status === null ? '' : `answered ${String(attempt.status)} in ${span(attempt.ms)}`
    return {
      key: `attempt ${id} ${String(index)}`,
      at: attempt.at,
      title: `${name}${which}: ${isGood ? 'delivered' : status === 'blocked' ? 'blocked' : 'not delivered'}`,
      note: [attempt.url, isGood ? answer : attempt.error].filter(Boolean).join(' · '),
      tone: isGood ? 'good' : 'bad',
      link,
      isDue: false,
    }
  })
  if (attempts.length === 0 && status !== 'pending') {
    steps.push({
      ...plain,
      key: `delivery ${id}`,
      at: createdAt,
      title: `${name}: ${status}`,
      note: url,
      tone: toneOf(status),
      link,
    })
  }
  if (nextAttemptAt !== null) {
    steps.push({
      ...plain,
      key: `next ${id}`,
      at: nextAttemptAt,
      title: `${name}: next attempt is due`,
      note: url,
      tone: 'busy',
      link,
      isDue: true,
    })
  }
  return steps
}
