import { fractionOf } from '../ids'

/** Attempts before a delivery counts as failed. */
export const maxAttempts = 5

/** 15 s, 45 s, 135 s and 405 s: ten minutes in total. StackOne publishes no schedule, so this is assumed. */
const firstDelay = 15_000
const factor = 3
const jitter = 0.1

/** Whether an answer with this status is worth another attempt. */
export const isWorthRetrying = (status: number): boolean => status === 408 || status === 429 || status >= 500

/**
 * When to try again after attempt number `attempt` (from 1), in milliseconds since 1970; null after the last. Waits
 * `retryAfter` milliseconds if the receiver asked for that, else follows the schedule. The jitter derives from the
 * delivery's id and the attempt, so that a seeded run always waits the same.
 */
export function nextAttemptAt(
  { id, attempt, retryAfter }: { id: string; attempt: number; retryAfter: number | null },
  now: number,
): number | null {
  if (attempt >= maxAttempts) return null
  if (retryAfter !== null) return now + retryAfter
  const spread = 1 + jitter * (2 * fractionOf(`${id}:${String(attempt)}`) - 1)
  return now + Math.round(firstDelay * factor ** (attempt - 1) * spread)
}
