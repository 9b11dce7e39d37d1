import type { Fault, FaultToAdd } from '../../schemas/control/faults'
import type { LiveOrder, LiveRequest } from '../../schemas/control/live'
import type { ControlDelivery } from '../../schemas/control/deliveries'
import { span } from './time'

/** Whether the response is an error, or missing. */
export const isRefused = ({ status }: Pick<LiveRequest, 'status'>): boolean => status === null || status >= 400

/** Accepted, though something in it looks like a mistake. */
export const isWarned = ({ warnings }: Pick<LiveRequest, 'warnings'>): boolean => warnings.length > 0

/** The operation a request calls. The journal also has test pages and requests that match no endpoint. */
export const operationInWords = ({ operation, path }: Pick<LiveRequest, 'operation' | 'path'>): string =>
  operation ?? (path.startsWith('/tests/') ? 'test page' : 'no matching endpoint')

const states: Record<string, string> = { in_progress: 'in progress', initiated: 'opened', unmapped_value: 'other' }
export const stateInWords = (state: LiveOrder['state']): string => states[state] ?? state

/** Whether the test is over, so that it cannot be finished again. */
export const isOver = ({ state }: Pick<LiveOrder, 'state'>): boolean =>
  state === 'passed' || state === 'failed' || state === 'completed' || state === 'cancelled' || state === 'expired'

export type Tone = 'good' | 'bad' | 'busy' | 'quiet'

const tones: Record<string, Tone> = {
  passed: 'good',
  completed: 'good',
  delivered: 'good',
  failed: 'bad',
  blocked: 'bad',
  expired: 'bad',
  initiated: 'busy',
  in_progress: 'busy',
  pending: 'busy',
}
export const toneOf = (state: string): Tone => tones[state] ?? 'quiet'

const resources: Record<string, string> = {
  ats_assessments: 'order',
  background_check_order: 'background check',
  ats_candidates: 'candidate',
  ats_applications: 'application',
  ats_jobs: 'job',
  ats_job_postings: 'job posting',
}
export function eventInWords(event: ControlDelivery['event']): string {
  if (event === 'results_callback') return 'Result callback'
  if (event === 'packages_request') return 'Request for packages'
  const [resource = '', happening = ''] = event.split('.')
  return `Webhook: ${resources[resource] ?? resource} ${happening}`
}

/** Whether a delivery can be sent again: it has a receiver, and nobody waited for its answer. */
export const isReplayable = ({ event, status }: Pick<ControlDelivery, 'event' | 'status'>): boolean =>
  event !== 'packages_request' && status !== 'not-subscribed'

/** How an attempt of a delivery with this status ended. */
export const attemptInWords = (
  {
    error,
    status: answered,
    nextAttemptAt,
  }: Pick<ControlDelivery['attempts'][number], 'error' | 'status' | 'nextAttemptAt'>,
  status: ControlDelivery['status'],
): string => {
  if (error === null) return 'delivered'
  // Only the last one: those before it were sent.
  return status === 'blocked' && answered === null && nextAttemptAt === null ? 'blocked' : 'failed'
}

/** Why the last attempt failed; empty if it did not, or there was none. */
export const lastError = ({ attempts }: ControlDelivery): string => attempts.at(-1)?.error ?? ''

const broken = {
  none: 'never respond',
  reset: 'reset the connection before responding',
  'reset-in-body': 'process the call, then reset the connection mid-response',
  'truncated-json': 'process the call, then return truncated JSON',
  'not-json': 'process the call, then return something other than JSON',
} as const
export const brokenInWords = (answer: keyof typeof broken): string => capitalised(broken[answer])

const times = (count: number) => (count === 1 ? 'once' : `${String(count)} times`)
const ordinal = (n: number) => {
  const tail = n % 100 > 10 && n % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')
  return `${String(n)}${tail}`
}

export const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** A count with its noun: `1 request`, `1,200 requests`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`

/** The effect of a fault: `Return 429, Retry-After 1 s`. */
export function effectInWords({
  status,
  message,
  errorCode,
  retryAfter,
  answer,
  delayMs,
  delayToMs,
}: FaultToAdd): string {
  const parts = [
    delayMs !== undefined &&
      `wait ${span(delayMs)}${delayToMs === undefined ? '' : ` to ${span(delayToMs)}`}${status === undefined && answer === undefined ? ', then respond normally' : ''}`,
    status !== undefined &&
      `return ${String(status)}${errorCode === undefined ? '' : ` ${errorCode}`}${message === undefined ? '' : ` “${message}”`}`,
    retryAfter !== undefined && `Retry-After ${String(retryAfter)} s`,
    answer !== undefined && broken[answer],
  ].filter((part) => part !== false)
  return capitalised(parts.join(', '))
}

/** When a fault applies: `every 3rd call, until removed`. */
export function occasionInWords({ fault, isEndless }: Pick<Fault, 'fault' | 'isEndless'>): string {
  const { every, after, times: count } = fault
  return [
    after !== undefined && `after ${counted(after, 'call')}`,
    every !== undefined && (every === 1 ? 'every call' : `every ${ordinal(every)} call`),
    isEndless ? 'until removed' : times(count ?? 1),
  ]
    .filter((part) => part !== false)
    .join(', ')
}

/** Which calls a fault applies to. */
export const targetInWords = ({ fault, account }: Pick<Fault, 'fault' | 'account'>): string =>
  `${fault.on === undefined || fault.on === '*' ? 'Any call' : fault.on} for ${account ?? 'any account'}`
