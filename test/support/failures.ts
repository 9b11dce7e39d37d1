import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import type { Test } from 'tap'

const folder = process.env['TEST_FAILURES'] ?? resolve(__dirname, '../../test-failures')

let count = 0

/** Writes what tests have seen that have not ended, and may never end. */
const unfinished = new Set<() => void>()
const keepUnfinished = () => {
  for (const keep of unfinished) keep()
  unfinished.clear()
}
process.once('exit', keepUnfinished)

/** If `t` fails, writes what it saw to a file with this `extension`, in a folder that git ignores. */
export function keepIfFailed(t: Test, extension: string, seen: () => string): void {
  const keep = () => {
    writeKept(t, extension, seen())
  }
  unfinished.add(keep)
  t.teardown(() => {
    if (unfinished.delete(keep) && !t.passing()) keep()
  })
}

/** Writes what the failed `t` saw to a file. */
export function writeKept(t: Test, extension: string, seen: string | Buffer): void {
  const title = t.name.replace(/\W+/g, '-').slice(0, 80)
  const file = basename(t.options.at?.fileName ?? '', '.test.ts')
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}/${file}-${title}-${String(++count)}.${extension}`, seen)
}

/** A sink that keeps only the last lines, since a test may log a great many. */
export function lastLines(most = 200) {
  const lines: string[] = []
  const write = (line: string) => {
    lines.push(line)
    if (lines.length > 2 * most) lines.splice(0, most)
  }
  return { write, text: () => lines.slice(-most).join('') }
}
