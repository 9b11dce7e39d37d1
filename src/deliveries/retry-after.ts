/** The shortest wait, whatever the receiver asks for: one second, in milliseconds. */
const shortestWait = 1_000
/** The longest wait: a day, in milliseconds. */
const longestWait = 24 * 60 * 60 * 1000

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const month = `(?<month>${months.join('|')})`
const time = '(?<hour>[01]\\d|2[0-3]):(?<minute>[0-5]\\d):(?<second>[0-5]\\d|60)'
/** The three forms of an HTTP date (RFC 9110, 5.6.7): the current one, that of RFC 850, and that of C's asctime. */
const dateForms = [
  `(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (?<day>\\d\\d) ${month} (?<year>\\d{4}) ${time} GMT`,
  `(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (?<day>\\d\\d)-${month}-(?<year>\\d\\d) ${time} GMT`,
  `(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ${month} (?<day>[ \\d]\\d) ${time} (?<year>\\d{4})`,
].map((form) => new RegExp(`^${form}$`))

/**
 * The wait that an answer asks for by `Retry-After` (RFC 9110, 10.2.3), in milliseconds between a second and a day. The
 * header is a whole number of seconds, or an HTTP date, which is relative to the answer's own `Date` or, without one,
 * to `now` (milliseconds since 1970). Null when it is missing or neither of these.
 */
export function retryAfterMs(
  headers: { 'retry-after'?: string | undefined; date?: string | undefined },
  now: number,
): number | null {
  const header = headers['retry-after'] ?? ''
  if (/^\d+$/.test(header)) return within(Number(header) * 1_000)
  const until = instantOfHttpDate(header, now)
  if (until === null) return null
  const answeredAt = instantOfHttpDate(headers.date ?? '', now) ?? now
  return within(until - answeredAt)
}

const within = (ms: number) => Math.min(Math.max(ms, shortestWait), longestWait)

/** Milliseconds since 1970; null if it is not an HTTP date. */
function instantOfHttpDate(text: string, now: number): number | null {
  const parts = dateForms.map((form) => form.exec(text)?.groups).find((groups) => groups !== undefined)
  if (parts === undefined) return null
  const { year, month, day, hour, minute, second } = parts
  const [fullYear, monthIndex, dayOfMonth] = [yearOf(String(year), now), months.indexOf(String(month)), Number(day)]
  const midnight = new Date(Date.UTC(fullYear, monthIndex, dayOfMonth))
  // Day 0, and days that the month does not have, would be in another month.
  if (midnight.getUTCMonth() !== monthIndex) return null
  return midnight.getTime() + ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1_000
}

/** A two-digit year over 50 years ahead belongs to the century before (RFC 9110, 5.6.7). */
function yearOf(digits: string, now: number): number {
  if (digits.length === 4) return Number(digits)
  const thisYear = new Date(now).getUTCFullYear()
  const year = thisYear - (thisYear % 100) + Number(digits)
  return year > thisYear + 50 ? year - 100 : year
}
