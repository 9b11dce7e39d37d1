const form = /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?([Zz]|([+-])(\d\d):(\d\d))?)?$/

/** The first and the last instant that can be written with four digits for the year. */
const startOfTime = Date.parse('0000-01-01T00:00:00.000Z')
export const endOfTime = Date.parse('9999-12-31T23:59:59.999Z')

/** Whether `text` is a date-time of RFC 3339: the form that bodies take, as published. */
export const isDateTime = (text: string): boolean => {
  const parts = form.exec(text)
  return parts?.[6] !== undefined && parts[8] !== undefined && !Number.isNaN(instantOf(text))
}

/**
 * Milliseconds since 1970 of a date-time of RFC 3339, the same in lower case and with a space for the T. Beyond that,
 * seconds may be left out, what names no zone is UTC, and a date alone is its midnight. NaN for anything else, among it
 * days that their month does not have (`Date.parse` would take February 30 for March 2), and what is, in UTC, of a year
 * that four digits cannot write.
 */
export function instantOf(text: string): number {
  const parts = form.exec(text)
  if (parts === null) return NaN
  const numbers = (parts.slice(1, 7) as (string | undefined)[]).map((part) => Number(part ?? 0))
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = numbers
  const [fraction = '', , sign, zoneHour = 0, zoneMinute = 0] = parts.slice(7)
  const date = new Date(0)
  // Date.UTC would take the years up to 99 for those of the last century.
  date.setUTCFullYear(year, month - 1, day)
  const isDate = date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  if (!isDate || hour > 23 || minute > 59 || Number(zoneHour) > 23 || Number(zoneMinute) > 59) return NaN
  const ahead = (sign === '-' ? -1 : 1) * (Number(zoneHour) * 60 + Number(zoneMinute))
  const minutes = hour * 60 + minute - ahead
  // A leap second is only ever the last of a day.
  const isLeap = second === 60 && (minutes + 1) % (24 * 60) === 0
  if (second > 59 && !isLeap) return NaN
  const instant = date.getTime() + (minutes * 60 + second) * 1_000 + Number(fraction.slice(0, 3).padEnd(3, '0'))
  return instant < startOfTime || instant > endOfTime ? NaN : instant
}

/** `instant` (milliseconds since 1970) as the contract writes a time: `2026-01-31T09:30:00.000Z`. */
export const isoTime = (instant: number): string => new Date(instant).toISOString()
