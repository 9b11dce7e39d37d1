import type { Report } from '../check'

/** The report for programs: `{checks: [{id, title, verdict, why, source, expected, evidence}]}`. */
export const jsonOf = (report: Report): string => `${JSON.stringify(report, null, 2)}\n`
