import { writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Config } from '../../config'
import { fileProblem } from '../../validation/file-problem'
import { type ReportDeps, reportText } from './report'

/** The file that the report is written to at the end. */
export interface ReportFile {
  /** Throws an Error that says why it can't be written. */
  write(deps: ReportDeps): Promise<void>
}

/**
 * Empties `file` at the start, so that no report of an earlier run is taken for this one's. Throws an Error that says why
 * it can't be written.
 */
export async function reportFile(file: string, nameOf: Config['nameOf']): Promise<ReportFile> {
  const write = (text: string | AsyncIterable<string>) =>
    writeFile(file, text).catch((error: unknown) => {
      const { code } = error as NodeJS.ErrnoException
      const why = fileProblem(code === 'ENOENT' ? dirname(file) : file, error as NodeJS.ErrnoException)
      throw new Error(`${nameOf('journalReport')} must be a file that can be written, but ${why}.`)
    })
  await write('')
  return { write: async (deps) => write(await reportText(deps, null)) }
}
