import type { ControlDelivery } from '../../schemas/control/deliveries'
import type { ControlOrder } from '../../schemas/control/orders'
import type { JournalEntry } from '../../schemas/control/requests'
import { span } from './time'
import { attemptInWords, eventInWords, isRefused, stateInWords, type Tone, toneOf } from './words'

/** An event in the history of an order, or one that is due. */
export interface Step {
  readonly key: string
  readonly at: string
  readonly title: string
  readonly note: string
  readonly tone: Tone
  /** The request or delivery with the details. */
  readonly link: readonly ['requests' | 'deliveries', string] | null
  readonly isDue: boolean
}

const titles: Record<string, string> = {
  'orders.create': 'Order requested',
  'orders.get': 'Client read the order',
  'results.get': 'Client read the results',
  'results.update': 'Provider reported a result',
  'background_checks.orders.create': 'Background check requested',
  'background_checks.results.update': 'Provider reported a result',
}

const creations: readonly (string | null)[] = ['orders.create', 'background_checks.orders.create']

/** Whether a request placed an order. */
export const isCreation = ({ operation }: Pick<JournalEntry, 'operation'>): boolean => creations.includes(operation)

/** The history of an order, oldest first. */
export function timelineOf(
  order: ControlOrder,
  requests: readonly JournalEntry[],
  deliveries: readonly ControlDelivery[],
): readonly Step[] {
  const creation = requests.find((entry) => isCreation(entry) && entry.status === 200)
  const others = requests.filter((entry) => entry !== creation)
  const steps = [
    ...beginning(order, creation),
    ...milestones(order, others.find(isSubmission)),
    ...others.flatMap(requestStep),
    ...deliveries.flatMap(deliverySteps),
  ]
  // The sort is stable: with a frozen clock all times are equal, and the order above is chronological.
  return steps.sort((a, b) => Number(a.isDue) - Number(b.isDue) || Date.parse(a.at) - Date.parse(b.at))
}

const plain = { note: '', tone: 'quiet', link: null, isDue: false } as const

/** Deliveries may begin before the journal records the request, so this uses the time of the order. */
const beginning = ({ orderedAt }: ControlOrder, creation: JournalEntry | undefined): Step[] =>
  creation
    ? requestStep({ ...creation, at: orderedAt })
    : [{ ...plain, key: 'ordered', at: orderedAt, title: 'Order created' }]

/** The journal entry of the form that ended the test; the order itself records only the result. */
const isSubmission = ({ method, status, operation, request }: JournalEntry) =>
  method === 'POST' &&
  status === 303 &&
  operation === null &&
  /(^|&)step=(submit|outcome)(&|$)/.test(request.body ?? '')

function milestones(order: ControlOrder, submission: JournalEntry | undefined): Step[] {
  const { openedAt, startedAt, resultAt, state } = order
  const isOver = !['ordered', 'initiated', 'in_progress'].includes(state)
  return [
    ...(openedAt === null ? [] : [{ ...plain, key: 'opened', at: openedAt, title: 'Test opened' }]),
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
  // The milestones cover the test page and its forms, except refused ones.
  if (operation === null && !isRefused(entry)) return []
  return [
    {
      key: `request ${String(id)}`,
      at,
      title: (operation && titles[operation]) ?? `${method} ${path}`,
      note: [
        operation && method,
        `${status === null ? 'no response' : String(status)} in ${span(ms)}`,
        fault && `${fault} applied`,
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
  const { id, event, attempts, status, reason, createdAt, nextAttemptAt, url } = delivery
  const link = ['deliveries', id] as const
  const name = eventInWords(event)
  const steps = attempts.map((attempt, index): Step => {
    const isGood = attempt.error === null
    const which = attempts.length > 1 ? `attempt ${String(index + 1)} ` : ''
    const answer = attempt.status === null ? '' : `answered ${String(attempt.status)} in ${span(attempt.ms)}`
    return {
      key: `attempt ${id} ${String(index)}`,
      at: attempt.at,
      title: `${name} · ${which}${attemptInWords(attempt, status)}`,
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
      title: `${name} · ${status}`,
      note: reason ?? url,
      tone: toneOf(status),
      link,
    })
  }
  if (nextAttemptAt !== null) {
    steps.push({
      ...plain,
      key: `next ${id}`,
      at: nextAttemptAt,
      title: `${name} · next attempt`,
      note: url,
      tone: 'busy',
      link,
      isDue: true,
    })
  }
  return steps
}
