import { fractionOf } from '../ids'

/** Attempts of a delivery until it counts as failed. */
export const maxAttempts = 5

/** 15 s, 45 s, 135 s and 405 s: ten minutes in all. StackOne publishes no schedule, so this is assumed. */
const firstDelay = 15_000
const factor = 3
const jitter = 0.1

/** Longer than this nobody is asked to wait by a `Retry-After`: a day, in milliseconds. */
const longestWait = 24 * 60 * 60 * 1000

/** Whether an answer with this status is worth another attempt. */
export const isWorthRetrying = (status: number): boolean => status === 408 || status === 429 || status >= 500

/**
 * When to try again after attempt number `attempt` (from 1), in milliseconds since 1970, or null after the last. The
 * jitter follows from the delivery's id, so that a seeded run waits the same each time.
 */
export function nextAttemptAt(
  { id, attempt, retryAfter }: { id: string; attempt: number; retryAfter: string | null },
  now: number,
): number | null {
  if (attempt >= maxAttempts) return null
  const asked = retryAfter === null ? null : retryAfterMs(retryAfter, now)
  if (asked !== null) return now + Math.min(asked, longestWait)
  const spread = 1 + jitter * (2 * fractionOf(`${id}:${String(attempt)}`) - 1)
  return now + Math.round(firstDelay * factor ** (attempt - 1) * spread)
}

/** Milliseconds that a `Retry-After` asks for, in seconds or as an HTTP date; null for what is neither. */
function retryAfterMs(header: string, now: number): number | null {
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000
  const until = Date.parse(header)
  return Number.isNaN(until) ? null : Math.max(0, until - now)
}
