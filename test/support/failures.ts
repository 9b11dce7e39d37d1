import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import type { Test } from 'tap'

const folder = process.env['TEST_FAILURES'] ?? resolve(__dirname, '../../test-failures')

let count = 0

/** What is to be kept of tests whose end has not come, and may never. */
const unfinished = new Set<() => void>()
const keepUnfinished = () => {
  for (const keep of unfinished) keep()
  unfinished.clear()
}
process.once('exit', keepUnfinished)

/** When `t` has failed by its end, what it saw is kept in a folder that git ignores, as a file with this `extension`. */
export function keepIfFailed(t: Test, extension: string, seen: () => string): void {
  const keep = () => {
    writeKept(t, extension, seen())
  }
  unfinished.add(keep)
  t.teardown(() => {
    if (unfinished.delete(keep) && !t.passing()) keep()
  })
}

/** Writes down what the failed `t` saw. */
export function writeKept(t: Test, extension: string, seen: string | Buffer): void {
  const title = t.name.replace(/\W+/g, '-').slice(0, 80)
  const file = basename(t.options.at?.fileName ?? '', '.test.ts')
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}/${file}-${title}-${String(++count)}.${extension}`, seen)
}

/** What is written to it; no more than the last lines, since a test may write a great many. */
export function lastLines(most = 200) {
  const lines: string[] = []
  const write = (line: string) => {
    lines.push(line)
    if (lines.length > 2 * most) lines.splice(0, most)
  }
  return { write, text: () => lines.slice(-most).join('') }
}
