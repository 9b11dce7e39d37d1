/** The least that is waited for a `Retry-After`, in milliseconds: a receiver that asks for less would be flooded. */
const least = 1_000

const days = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)'
const months = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)'
const time = '\\d\\d:\\d\\d:\\d\\d'

/** The three forms of a date in HTTP, the latter two obsolete but still to be read (RFC 9110, 5.6.7). */
const httpDates = [
  new RegExp(`^${days}, \\d\\d ${months} \\d{4} ${time} GMT$`),
  new RegExp(`^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \\d\\d-${months}-\\d\\d ${time} GMT$`),
  new RegExp(`^${days} ${months} [ \\d]\\d ${time} \\d{4}$`),
]

/**
 * Milliseconds that an answer's `Retry-After` asks to wait, at least a second; null for what is neither a whole number of
 * seconds nor an HTTP date (RFC 9110, 10.2.3). A date is measured against the answer's own `Date`, since the receiver's
 * clock may be another than the sandbox's; without one against `now`, in milliseconds since 1970.
 */
export function retryAfterMs(header: string | undefined, date: string | undefined, now: number): number | null {
  if (header === undefined) return null
  if (/^\d+$/.test(header)) return Math.max(least, Number(header) * 1_000)
  const until = instantOf(header)
  return until === null ? null : Math.max(least, until - (instantOf(date ?? '') ?? now))
}

function instantOf(text: string): number | null {
  if (!httpDates.some((form) => form.test(text))) return null
  // The last form has no zone: it is UTC as well.
  const instant = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`)
  return Number.isNaN(instant) ? null : instant
}
