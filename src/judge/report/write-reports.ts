import { writeFileSync } from 'node:fs'
import type { Report } from '../check'
import { jsonOf } from './json'
import { junitOf } from './junit'
import { markdownOf } from './markdown'

export const formats = ['json', 'junit', 'markdown'] as const

/** A file to write a report to. */
export interface ReportFile {
  format: (typeof formats)[number]
  file: string
}

/** `json=FILE` as a file to write; null if it is none. */
export function reportFile(text: string): ReportFile | null {
  const format = formats.find((each) => text.startsWith(`${each}=`))
  const file = text.slice(text.indexOf('=') + 1)
  return format === undefined || file === '' ? null : { format, file }
}

/** Writes each of `files`. Throws Node's error when one can't be written. */
export function writeReports(report: Report, files: readonly ReportFile[], heading: string): void {
  const write = { json: jsonOf, junit: junitOf, markdown: markdownOf }
  for (const { format, file } of files) writeFileSync(file, write[format](report, heading))
}
