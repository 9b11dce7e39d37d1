import type { Fault, FaultToAdd } from '../../schemas/control/faults'
import type { LiveOrder, LiveRequest } from '../../schemas/control/live'
import type { ControlDelivery } from '../../schemas/control/deliveries'
import { span } from './time'

/** An answer that tells of an error, or none at all. */
export const isRefused = ({ status }: Pick<LiveRequest, 'status'>): boolean => status === null || status >= 400

/** Accepted, though something in it looks like a mistake. */
export const isWarned = ({ warnings }: Pick<LiveRequest, 'warnings'>): boolean => warnings.length > 0

const states: Record<string, string> = { in_progress: 'in progress', initiated: 'opened', unmapped_value: 'other' }
export const stateInWords = (state: LiveOrder['state']): string => states[state] ?? state

/** Whether the test has ended, so that nobody can end it again. */
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

const events: Record<ControlDelivery['event'], string> = {
  'ats_assessments.created': 'Webhook: order created',
  'ats_assessments.updated': 'Webhook: order updated',
  results_callback: 'Result callback',
}
export const eventInWords = (event: ControlDelivery['event']): string => events[event]

/** Why the last attempt went wrong; empty when it did not, or there was none. */
export const lastError = ({ attempts }: ControlDelivery): string => attempts.at(-1)?.error ?? ''

const broken = {
  none: 'never answer',
  reset: 'break the connection before the answer',
  'reset-in-body': 'carry it out, then break the connection in the middle of the answer',
  'truncated-json': 'carry it out, then answer half the JSON',
  'not-json': 'carry it out, then answer something that is no JSON',
} as const
export const brokenInWords = (answer: keyof typeof broken): string => broken[answer]

const times = (count: number) => (count === 1 ? 'once' : `${String(count)} times`)
const ordinal = (n: number) => {
  const tail = n % 100 > 10 && n % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')
  return `${String(n)}${tail}`
}

/** What a fault does: `Answer 429, Retry-After 1 s`. */
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
      `wait ${span(delayMs)}${delayToMs === undefined ? '' : ` to ${span(delayToMs)}`}${status === undefined && answer === undefined ? ', then answer as usual' : ''}`,
    status !== undefined &&
      `answer ${String(status)}${errorCode === undefined ? '' : ` ${errorCode}`}${message === undefined ? '' : ` “${message}”`}`,
    retryAfter !== undefined && `Retry-After ${String(retryAfter)} s`,
    answer !== undefined && broken[answer],
  ].filter((part) => part !== false)
  const text = parts.join(', ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** When it strikes: `every 3rd call, without end`. */
export function occasionInWords({ fault, isEndless }: Pick<Fault, 'fault' | 'isEndless'>): string {
  const { every, after, times: count } = fault
  return [
    after !== undefined && `after ${String(after)} calls`,
    every !== undefined && (every === 1 ? 'every call' : `every ${ordinal(every)} call`),
    isEndless ? 'without end' : times(count ?? 1),
  ]
    .filter((part) => part !== false)
    .join(', ')
}

/** Which calls it strikes. */
export const targetInWords = ({ fault, account }: Pick<Fault, 'fault' | 'account'>): string =>
  `${fault.on === undefined || fault.on === '*' ? 'any call' : fault.on} of ${account ?? 'any account'}`
