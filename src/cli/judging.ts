import { closeSync, existsSync, openSync, rmSync } from 'node:fs'
import { type Command, InvalidArgumentError } from 'commander'
import type { Check, Report } from '../judge/check'
import { line, listing, textOf } from '../judge/report/text'
import { type ReportFile, reportFile, writeReports } from '../judge/report/write-reports'
import type { Progress } from '../judge/run-checks'
import type { Selection } from '../judge/select-checks'

/** What every command of the judge takes. */
export interface Common extends Selection, Progress {
  seed?: string | undefined
  /** Aborts when the user interrupts. */
  signal: AbortSignal
}

/** A command that judges something. */
export interface Judging {
  /** With the options of its own. */
  command: Command
  /** Title of the reports. */
  heading: string
  checks: readonly Pick<Check<never>, 'id' | 'title' | 'why' | 'source'>[]
  /** Throws a TypeError when an option is wrong. Null: there is nothing to report. */
  judge: (common: Common) => Promise<Report | null>
}

/** The exit code for wrong use. */
export const wrongUse = 2

/** The exit code after a signal, as shells have it for Ctrl+C. */
const interrupted = 130

/** Ends the process with `sentence` and the exit code for wrong use. */
export const refuse = (command: Command, sentence: string): never => command.error(sentence, { exitCode: wrongUse })

/** Texts between commas, at least one. */
export function list(text: string): string[] {
  const items = text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
  if (items.length === 0) throw new InvalidArgumentError('It must be names, separated by commas.')
  return items
}

/** Milliseconds of `30s`, `500ms`, `2m`, or of a number of seconds. */
export function duration(text: string): number {
  const [, digits, unit = 's'] = /^(\d{1,6}(?:\.\d+)?)\s*(ms|s|m)?$/.exec(text.trim()) ?? []
  const ms = Number(digits) * { ms: 1, s: 1_000, m: 60_000 }[unit as 'ms' | 's' | 'm']
  if (!(ms > 0)) throw new InvalidArgumentError('It must be a time such as 30s, 500ms or 2m.')
  return ms
}

/** Adds to a command what all of them take, and what they do. */
export function addJudging({ command, heading, checks, judge }: Judging): void {
  command
    .option('--only <names>', 'run only these checks: ids or groups, separated by commas', list)
    .option('--skip <names>', 'skip these checks', list)
    .option('--list', 'list the checks without running them')
    .option(
      '--report <format=file>',
      'also write a report: json=FILE, junit=FILE or markdown=FILE; may be repeated',
      reportFiles,
      [],
    )
    .option('--seed <text>', 'makes ids and invented data repeatable')
    .allowExcessArguments(false)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : wrongUse))
    .action(() => run({ command, heading, checks, judge }))
}

function reportFiles(text: string, earlier: ReportFile[]): ReportFile[] {
  const file = reportFile(text)
  if (file === null) throw new InvalidArgumentError('It must be json=FILE, junit=FILE or markdown=FILE.')
  return [...earlier, file]
}

interface CommonOptions extends Selection {
  list?: true
  report: ReportFile[]
  seed?: string
}

async function run({ command, heading, checks, judge }: Judging): Promise<void> {
  const options = command.opts<CommonOptions>()
  const { list: isListed, report: files, only, skip, seed } = options
  if (isListed) {
    process.stdout.write(listing(checks))
    return
  }
  const created = files.map(({ file }) => file).filter((file) => !existsSync(file))
  for (const { file } of files) checkWritable(command, file)
  const isColored = process.stdout.isTTY && !process.env['NO_COLOR']
  const width = Math.max(...checks.map(({ id }) => id.length))
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => {
      controller.abort()
    })
  const report = await judge({
    only,
    skip,
    seed,
    signal: controller.signal,
    onStep: (sentence) => {
      tell(sentence, true)
    },
    onResult: (result, done, of) => {
      tell(`${String(done).padStart(String(of).length)}/${String(of)} ${line(result, width)}`, false)
    },
  }).catch((error: unknown) => {
    // An empty report would be taken for one.
    for (const file of created) rmSync(file, { force: true })
    if (!controller.signal.aborted) return refuse(command, (error as Error).message)
    process.stderr.write('Interrupted.\n')
    return process.exit(interrupted)
  })
  if (report === null) return
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
  process.stdout.write(textOf(report, isColored))
  writeReports(report, files, heading)
  process.exitCode = report.checks.some(({ verdict }) => verdict === 'fail') ? 1 : 0
}

/** Shows what happens: on a terminal in one line that is written over, elsewhere only what has ended. */
function tell(text: string, isPassing: boolean): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text.slice(0, process.stderr.columns - 1)}`)
  else if (!isPassing) process.stderr.write(`${text}\n`)
}

/** Now, since a long run would be for nothing. */
function checkWritable(command: Command, file: string): void {
  try {
    closeSync(openSync(file, 'a'))
  } catch (error) {
    refuse(command, `--report can't write to ${file}: ${(error as Error).message}`)
  }
}
