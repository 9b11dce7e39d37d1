const form = /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?([Zz]|([+-])(\d\d):(\d\d))?)?$/

/** The first and the last instant in a year of four digits. */
export const startOfTime = Date.parse('0000-01-01T00:00:00.000Z')
export const endOfTime = Date.parse('9999-12-31T23:59:59.999Z')

/** Whether `text` is an RFC 3339 date-time, the published form in bodies. */
export const isDateTime = (text: string): boolean => {
  const parts = form.exec(text)
  return parts?.[6] !== undefined && parts[8] !== undefined && !Number.isNaN(instantOf(text))
}

/**
 * Milliseconds since 1970 of an RFC 3339 date-time. Lower case and a space for the T are accepted, as are times without
 * seconds, without a zone (UTC), and dates alone (midnight). NaN for anything else, including days that their month
 * does not have (`Date.parse` reads February 30 as March 2) and instants whose UTC year does not have four digits.
 */
export function instantOf(text: string): number {
  const parts = form.exec(text)
  if (parts === null) return NaN
  const numbers = (parts.slice(1, 7) as (string | undefined)[]).map((part) => Number(part ?? 0))
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = numbers
  const [fraction = '', , sign, zoneHour = 0, zoneMinute = 0] = parts.slice(7)
  const date = new Date(0)
  // Date.UTC reads the years 0 to 99 as 1900 to 1999.
  date.setUTCFullYear(year, month - 1, day)
  const isDate = date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  if (!isDate || hour > 23 || minute > 59 || Number(zoneHour) > 23 || Number(zoneMinute) > 59) return NaN
  const ahead = (sign === '-' ? -1 : 1) * (Number(zoneHour) * 60 + Number(zoneMinute))
  const minutes = hour * 60 + minute - ahead
  // A leap second can only be the last second of a UTC day.
  const isLeap = second === 60 && (minutes + 1) % (24 * 60) === 0
  if (second > 59 && !isLeap) return NaN
  const instant = date.getTime() + (minutes * 60 + second) * 1_000 + Number(fraction.slice(0, 3).padEnd(3, '0'))
  return instant < startOfTime || instant > endOfTime ? NaN : instant
}

/** `instant` (milliseconds since 1970) as the contract formats times: `2026-01-31T09:30:00.000Z`. */
export const isoTime = (instant: number): string => new Date(instant).toISOString()
