import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8')

/** The part of the README under a heading. */
export const section = (heading: string) => readme.split(/^##+ /m).find((text) => text.startsWith(`${heading}\n`)) ?? ''

/** The cells of a section's table, without its head. */
export const rows = (heading: string) =>
  section(heading)
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
