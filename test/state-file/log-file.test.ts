import { spawnSync } from 'node:child_process'
import promises, {
  chmod,
  type FileHandle,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { type Entry, encoded, endLine, type Fact, lineOf as lineFor } from '../../src/state-file/entries'
import { type Header, headerBytes, headerSize } from '../../src/state-file/header'
import { type LogFile, openLog } from '../../src/state-file/log-file'
import type { NextStep, Step } from '../../src/state-file/step'

const lineOf = (fact: Fact) => encoded(lineFor(fact))
const clockAt = (ahead: number): Fact => ({ clock: { frozen: null, ahead } })
const lineAt = (ahead: number) => lineOf(clockAt(ahead))
const headerText = (header: Header) => headerBytes(header).toString()
const textOf = (lines: readonly Buffer[]) => Buffer.concat(lines).toString()

/** A step with these lines. */
const stepOf = (lines: Iterable<Buffer>): Step => ({
  isEmpty: false,
  *pieces() {
    yield* lines
    yield endLine
  },
  isWritten: () => undefined,
  putBack: () => undefined,
})

const append = (log: LogFile, lines: Iterable<Buffer>) => log.append(async () => stepOf(lines))

/** Has `step` whenever a compaction asks for what is not appended yet. */
const always =
  (step: Step): NextStep =>
  async (_isWhole, also) => {
    also?.()
    return step
  }

/** Compacts without anything that is not appended yet. */
const compact = (log: LogFile, copy: () => Iterable<Buffer>) => log.compact({ copy, next: always(stepOf([])) })

/** What the entries say, without the ends of steps. */
async function saidIn(log: LogFile): Promise<Entry[]> {
  const said: Entry[] = []
  await log.read(
    (entry) => {
      if (!('end' in entry)) said.push(entry)
    },
    () => undefined,
  )
  return said
}

/** What a file says that is opened again. */
async function reopened(file: string) {
  const log = await openLog(file)
  const { isNew, torn } = log
  const said = await saidIn(log)
  await log.close()
  return { isNew, torn, said }
}

const refusalOf = (file: string) =>
  openLog(file).then(
    async (log) => {
      await log.close()
      return 'it opens'
    },
    (error: unknown) => (error as Error).message,
  )

const fileIn = (t: Test) => join(t.testdir(), 'state')

t.test('steps are read back in order, and only the owner may read the file', async (t) => {
  const file = fileIn(t)
  const log = await openLog(file)
  t.equal(log.isNew, true)
  await append(log, [lineAt(1), lineAt(2)])
  await Promise.all([append(log, [lineAt(3)]), append(log, [lineAt(4)])])
  await log.close()
  t.equal((await stat(file)).mode & 0o777, 0o600)
  t.strictSame(await readdir(t.testdirName), ['state'])
  t.strictSame(await reopened(file), { isNew: false, torn: 0, said: [1, 2, 3, 4].map(clockAt) })
})

t.test('a missing, an empty, a blank and a barely begun file are new', async (t) => {
  const file = fileIn(t)
  const begun = headerText({ from: headerSize, until: null, whole: 0 }).slice(0, 100)
  for (const text of ['', ' \n', '{"for', begun]) {
    await writeFile(file, text, { mode: 0o644 })
    t.match(await reopened(file), { isNew: true, torn: 0, said: [] }, JSON.stringify(text))
    t.equal((await stat(file)).mode & 0o777, 0o600)
    t.match(await reopened(file), { isNew: true, said: [] }, 'a start that failed')
    const log = await openLog(file)
    await append(log, [lineAt(1)])
    await log.close()
    t.equal((await stat(file)).mode & 0o777, 0o600)
  }
})

t.test('cut at any byte, a file holds whole steps, and says how much was torn', async (t) => {
  const file = fileIn(t)
  const log = await openLog(file)
  await append(log, [lineAt(1)])
  const first = (await stat(file)).size
  await append(log, [lineAt(2), lineAt(3)])
  await log.close()
  const whole = await readFile(file)
  for (let size = headerSize; size <= whole.length; size++) {
    await writeFile(file, whole.subarray(0, size))
    const { said, torn } = await reopened(file)
    const kept = size < first ? 0 : size < whole.length ? 1 : 3
    if (said.length !== kept) t.fail(`${String(said.length)} entries of ${String(size)} bytes`)
    const start = [headerSize, first, 0, whole.length][kept]
    if (torn !== size - Number(start)) t.fail(`${String(torn)} of ${String(size)} bytes are torn`)
    if ((await stat(file)).size !== size) t.fail('opening it changes nothing')
  }
  t.match(await reopened(file), { said: [1, 2, 3].map(clockAt) })
  await writeFile(file, whole.subarray(0, whole.length - 5))
  const torn = await openLog(file)
  await append(torn, [lineAt(4)])
  await torn.close()
  t.strictSame(await reopened(file), { isNew: false, torn: 0, said: [1, 4].map(clockAt) })
})

t.test('a loss of power that leaves zeros in the last step costs that step, and no other', async (t) => {
  const file = fileIn(t)
  const log = await openLog(file)
  await append(log, [lineAt(1)])
  const first = (await stat(file)).size
  await append(log, [lineAt(2), lineAt(3)])
  await log.close()
  const whole = await readFile(file)
  await writeFile(file, Buffer.concat([whole.subarray(0, first), Buffer.alloc(20), whole.subarray(first + 20)]))
  t.strictSame(await reopened(file), { isNew: false, torn: whole.length - first, said: [clockAt(1)] })
  await writeFile(file, Buffer.concat([whole, lineOf({ faultGone: 'x' }), Buffer.alloc(9)]))
  t.match(await reopened(file), { said: [1, 2, 3].map(clockAt) })
})

t.test('long lines and many of them are read across the borders of what is read at once', async (t) => {
  const file = fileIn(t)
  const log = await openLog(file)
  const long = (letter: string): Fact => ({ faultGone: letter.repeat(1_500_000) })
  const some = Array.from({ length: 2_000 }, (_, i) => clockAt(i))
  await append(log, [lineOf(long('a')), ...some.map((each) => lineOf(each)), lineOf(long('b'))])
  const shares: number[] = []
  await log.read(
    () => undefined,
    (share) => shares.push(share),
  )
  t.ok(shares.length > 2)
  t.equal(shares.at(-1), 1)
  t.strictSame(await saidIn(log), [long('a'), ...some, long('b')])
  // The end of the steps is far from the end of the file.
  await log.close()
  await writeFile(file, Buffer.concat([await readFile(file), Buffer.alloc(200_000, 'x')]))
  t.match(await reopened(file), { torn: 200_000 })
})

t.test('a damaged or edited line is refused with its place, and the file is left alone', async (t) => {
  const file = fileIn(t)
  const log = await openLog(file)
  await append(log, [lineAt(1), lineAt(2)])
  await log.close()
  const edited = (await readFile(file, 'utf8')).replace('"ahead":2', '"ahead":3')
  await writeFile(file, edited)
  const again = await openLog(file)
  const place = headerSize + lineAt(1).length
  await t.rejects(saidIn(again), { message: `the line at byte ${String(place)} was damaged or edited` })
  await again.close()
  t.equal(await readFile(file, 'utf8'), edited)
  // An editor for Windows leaves no end of a step as it was.
  for (const text of [edited.replaceAll('\n', '\r\n'), edited.replace('"end":true', '"end": true')]) {
    await writeFile(file, text)
    t.match(await refusalOf(file), /the line at byte \d+ was damaged or edited$/)
    t.equal(await readFile(file, 'utf8'), text)
  }
  await writeFile(file, `\ufeff${edited}`)
  t.match(await refusalOf(file), /its first line was damaged or edited$/)
})

t.test('a file that is not a regular one, or is from a newer sandbox, is refused by name', async (t) => {
  const dir = t.testdir({
    'newer.state': headerText({ from: headerSize, until: null, whole: 0 }).replace('"version":1', '"version":9'),
    file: 'x',
  })
  spawnSync('mkfifo', [join(dir, 'pipe')])
  t.match(await refusalOf(dir), /is a folder$/)
  t.match(await refusalOf(join(dir, 'none/state')), /there is no .*none$/)
  t.match(await refusalOf(join(dir, 'file/state')), /^a part of the path .* is not a folder$/)
  t.match(await refusalOf(join(dir, 'pipe')), /pipe cannot be read: it is not a regular file$/)
  t.match(await refusalOf(join(dir, 'newer.state')), /it has version 9, and this sandbox reads 1: update this sandbox/)
})

t.test('a file that something else writes to, removes or replaces is no longer written', async (t) => {
  const file = fileIn(t)
  const log = await openLog(file)
  await append(log, [lineAt(1)])
  await writeFile(file, 'x', { flag: 'a' })
  await t.rejects(append(log, [lineAt(2)]), { message: `something else has written to ${file}` })
  await truncate(file, (await stat(file)).size - 1)
  await append(log, [lineAt(3)])
  await writeFile(`${file}.other`, await readFile(file))
  spawnSync('mv', [`${file}.other`, file])
  await t.rejects(append(log, [lineAt(4)]), { message: `${file} was removed or replaced by something else` })
  await log.close()
  t.match(await reopened(file), { said: [1, 3].map(clockAt) })
})

t.test('a part of a step that could not be taken back at once is taken back before the next', async (t) => {
  const file = fileIn(t)
  const log = await openLog(file)
  await append(log, [lineAt(1)])
  const other = await open(file)
  const handles = Object.getPrototypeOf(other) as { truncate: FileHandle['truncate'] }
  await other.close()
  const { truncate } = handles
  t.teardown(() => (handles.truncate = truncate))
  function* failing() {
    yield lineOf({ faultGone: 'x'.repeat(300_000) })
    handles.truncate = () => Promise.reject(new Error('the disk is away'))
    throw new Error('nothing more to say')
  }
  await t.rejects(append(log, failing()), { message: 'the disk is away' })
  t.ok((await stat(file)).size > 300_000)
  await t.rejects(append(log, [lineAt(2)]), { message: 'the disk is away' })
  handles.truncate = truncate
  await append(log, [lineAt(3)])
  await log.close()
  t.strictSame(await reopened(file), { isNew: false, torn: 0, said: [1, 3].map(clockAt) })
})

t.test('a file that is cut off while it is read is refused', async (t) => {
  const file = fileIn(t)
  const log = await openLog(file)
  await append(log, [lineAt(1)])
  await truncate(file, headerSize)
  await t.rejects(saidIn(log), { message: /^it ends at byte 256, before the expected \d+$/ })
  await log.close()
})

t.test('without room for a copy in place, a compaction is not begun', async (t) => {
  const dir = t.testdir({ 'state.unfinished': { x: '' } })
  const log = await openLog(join(dir, 'state'))
  await append(log, [lineAt(1)])
  const { statfs } = promises
  t.teardown(() => (promises.statfs = statfs))
  promises.statfs = (async () => ({ bavail: 0, bsize: 4096 })) as unknown as typeof statfs
  await t.rejects(
    compact(log, () => [lineAt(2)]),
    { code: 'ENOSPC' },
  )
  t.strictSame(await saidIn(log), [clockAt(1)])
  await log.close()
})

t.test('a step that fails midway leaves nothing behind', async (t) => {
  const file = fileIn(t)
  const log = await openLog(file)
  await append(log, [lineAt(1)])
  const { size } = await stat(file)
  function* failing() {
    yield lineOf({ faultGone: 'x'.repeat(300_000) })
    throw new Error('nothing more to say')
  }
  await t.rejects(append(log, failing()), { message: 'nothing more to say' })
  t.equal((await stat(file)).size, size)
  await append(log, [lineAt(2)])
  await log.close()
  t.match(await reopened(file), { torn: 0, said: [1, 2].map(clockAt) })
})

/** Twice: in a file that is replaced, and in one that is rewritten in place, since its folder takes no new files. */
function eachPlace(title: string, story: (t: Test, file: string) => Promise<void>) {
  t.test(`${title} (replacing the file)`, (t) => story(t, fileIn(t)))
  t.test(`${title} (in place)`, async (t) => {
    const dir = t.testdir({ 'state.unfinished': {}, state: '' })
    // Root may write to any folder. A folder in the way of the copy is as good as one that is closed.
    await mkdir(join(dir, 'state.unfinished/x'), { recursive: true })
    await story(t, join(dir, 'state'))
  })
}

eachPlace('a compaction keeps the copy and what is appended meanwhile, and nothing else', async (t, file) => {
  const log = await openLog(file)
  await append(
    log,
    Array.from({ length: 100 }, (_, i) => lineAt(i)),
  )
  const before = await stat(file)
  await compact(log, function* () {
    yield lineAt(1_000)
    void append(log, [lineAt(1_001)])
    yield lineAt(1_002)
  })
  await append(log, [lineAt(1_003)])
  const said = (await saidIn(log)).map((entry) => ('clock' in entry ? entry.clock.ahead : NaN))
  t.strictSame([...said].sort(), [1_000, 1_001, 1_002, 1_003])
  t.equal(said.at(-1), 1_003)
  t.ok((await stat(file)).size < before.size)
  t.ok(log.sizes().whole <= log.sizes().now)
  await log.close()
  t.equal((await reopened(file)).said.length, 4)
  t.equal((await stat(file)).mode & 0o777, 0o600)
})

eachPlace('a compaction ends with what was not appended yet, or changes nothing', async (t, file) => {
  const log = await openLog(file)
  await append(log, [lineAt(1)])
  const told: string[] = []
  const step = (lines: () => Iterable<Buffer>): Step => ({
    isEmpty: false,
    pieces: lines,
    isWritten: () => void told.push('written'),
    putBack: () => void told.push('put back'),
  })
  function* failing() {
    yield lineAt(2)
    throw new Error('cannot be told')
  }
  await t.rejects(log.compact({ copy: () => [lineAt(3)], next: always(step(failing)) }), {
    message: 'cannot be told',
  })
  t.strictSame(told, ['put back'])
  t.strictSame(await saidIn(log), [clockAt(1)])
  await log.compact({ copy: () => [lineAt(4)], next: always(step(() => [lineAt(5), endLine])) })
  t.ok(told.slice(1).every((what) => what === 'written'))
  await log.close()
  const { said } = await reopened(file)
  // In place, each part of the copy is written with what was not appended.
  t.strictSame(
    said.filter((entry, i) => JSON.stringify(entry) !== JSON.stringify(said[i - 1])),
    [4, 5].map(clockAt),
  )
})

eachPlace('whatever a compaction does, each step that it takes is written or put back', async (t, file) => {
  const log = await openLog(file)
  const counts = { taken: 0, written: 0, putBack: 0 }
  const next: NextStep = async (_isWhole, also) => {
    also?.()
    counts.taken++
    return {
      isEmpty: false,
      pieces: () => [lineAt(1), endLine],
      isWritten: () => void counts.written++,
      putBack: () => void counts.putBack++,
    }
  }
  function* calledOff() {
    yield lineAt(2)
    throw new Error('closing')
  }
  await t.rejects(log.compact({ copy: calledOff, next }), { message: 'closing' })
  await log.compact({ copy: () => [lineAt(3)], next })
  t.equal(counts.written + counts.putBack, counts.taken)
  await log.close()
})

t.test('a copy in place is not moved to the front when what is appended meanwhile has no room there', async (t) => {
  const dir = t.testdir({ 'state.unfinished': { x: '' }, state: '' })
  const file = join(dir, 'state')
  const log = await openLog(file)
  await append(
    log,
    Array.from({ length: 100 }, (_, i) => lineAt(i)),
  )
  const long: Fact = { faultGone: 'x'.repeat(100_000) }
  await log.compact({
    copy: () => [lineAt(1_000)],
    next: async (isWhole, also) => {
      also?.()
      if (isWhole) void append(log, [lineOf(long)])
      return stepOf([])
    },
  })
  await append(log, [lineAt(1_001)])
  await log.close()
  t.strictSame((await reopened(file)).said, [clockAt(1_000), long, clockAt(1_001)])
})

t.test('a cut that fails at the end of a compaction in place is made before the next step', async (t) => {
  const dir = t.testdir({ 'state.unfinished': { x: '' }, state: '' })
  const file = join(dir, 'state')
  const log = await openLog(file)
  await append(
    log,
    Array.from({ length: 100 }, (_, i) => lineAt(i)),
  )
  const other = await open(file)
  const handles = Object.getPrototypeOf(other) as { truncate: FileHandle['truncate'] }
  await other.close()
  const { truncate } = handles
  t.teardown(() => (handles.truncate = truncate))
  handles.truncate = async function (this: FileHandle, length) {
    if ((await this.stat()).size !== length) throw new Error('the disk is away')
  }
  await t.rejects(
    compact(log, () => [lineAt(1_000)]),
    { message: 'the disk is away' },
  )
  await t.rejects(append(log, [lineAt(1_001)]), { message: 'the disk is away' })
  handles.truncate = truncate
  await append(log, [lineAt(1_002)])
  await log.close()
  t.strictSame(await reopened(file), { isNew: false, torn: 0, said: [1_000, 1_002].map(clockAt) })
})

eachPlace('a copy that is longer than what it replaces is kept as well, and again', async (t, file) => {
  const log = await openLog(file)
  const copy = (from: number) => Array.from({ length: 50 }, (_, i) => lineAt(from + i))
  await append(log, [lineAt(1)])
  for (const from of [100, 200, 300]) {
    await compact(log, () => copy(from))
    await append(log, [lineAt(from)])
    const expected = [...copy(from), lineAt(from)]
    t.strictSame(textOf((await saidIn(log)).map((entry) => lineOf(entry as Fact))), textOf(expected))
    t.ok((await stat(file)).size < 4 * textOf(expected).length)
  }
  await log.close()
  t.equal((await reopened(file)).said.length, 51)
})

eachPlace('a snapshot is shown as text, and becomes a log with the first compaction', async (t, file) => {
  const text = '{"format":"stackone-assessments-sandbox"}'
  await writeFile(file, `\ufeff${text}`)
  const log = await openLog(file)
  t.equal(Buffer.from(log.snapshot ?? []).toString(), text)
  t.equal(log.isNew, false)
  await compact(log, () => [lineAt(1)])
  await append(log, [lineAt(2)])
  await compact(log, () => [lineAt(3)])
  await log.close()
  t.strictSame(await reopened(file), { isNew: false, torn: 0, said: [clockAt(3)] })
})

eachPlace('a snapshot stays a snapshot when its first compaction fails or is killed', async (t, file) => {
  const text = `{"format":"stackone-assessments-sandbox","account":"${'x'.repeat(300)}"}`
  await writeFile(file, text)
  for (const begun of [Buffer.alloc(0), lineAt(1)]) {
    const log = await openLog(file)
    t.equal(Buffer.from(log.snapshot ?? []).toString(), text)
    const killed = compact(log, function* () {
      yield begun
      throw new Error('killed')
    })
    await t.rejects(killed, { message: 'killed' })
    await log.close()
  }
  const last = await openLog(file)
  t.equal(Buffer.from(last.snapshot ?? []).toString(), text)
  await last.close()
})

t.test('a compaction in place that was killed while the file was cut off is completed', async (t) => {
  const file = fileIn(t)
  const steps = textOf([lineAt(1), lineOf({ end: true })])
  const header = headerText({ from: headerSize, until: headerSize + steps.length, whole: steps.length })
  await writeFile(file, `${header}${steps}${textOf([lineAt(2), lineOf({ end: true })])}`)
  t.strictSame(await reopened(file), { isNew: false, torn: 0, said: [clockAt(1)] })
  t.equal((await stat(file)).size, headerSize + steps.length)
  t.strictSame(await reopened(file), { isNew: false, torn: 0, said: [clockAt(1)] })
})

t.test('a file that is refused is left as it was, with its mode and its neighbours', async (t) => {
  const dir = t.testdir({ notes: 'to do', 'notes.unfinished': 'later' })
  const file = join(dir, 'notes')
  await chmod(file, 0o644)
  const log = await openLog(file)
  // Only who parses it finds out that it is no snapshot either.
  await log.close()
  t.equal(await readFile(file, 'utf8'), 'to do')
  t.equal((await stat(file)).mode & 0o777, 0o644)
  t.equal(await readFile(`${file}.unfinished`, 'utf8'), 'later')
  await writeFile(file, headerText({ from: headerSize, until: null, whole: 0 }).replace('"version":1', '"version":9'))
  t.match(await refusalOf(file), /it has version 9/)
  t.equal((await stat(file)).mode & 0o777, 0o644)
  t.equal(await readFile(`${file}.unfinished`, 'utf8'), 'later')
})

t.test('symbolic links are followed and stay, and what a killed compaction left is removed', async (t) => {
  const dir = t.testdir({ folder: {} })
  const [file, link] = [join(dir, 'folder/state'), join(dir, 'link')]
  await symlink(file, link)
  await writeFile(`${file}.unfinished`, 'x')
  const log = await openLog(link)
  await append(log, [lineAt(1)])
  t.match(await refusalOf(file), /is in use by another sandbox$/)
  await compact(log, () => [lineAt(2)])
  await log.close()
  t.strictSame(await readdir(join(dir, 'folder')), ['state'])
  t.equal((await lstat(link)).isSymbolicLink(), true)
  t.match(await reopened(file), { said: [clockAt(2)] })
})

eachPlace('a compaction that fails loses nothing', async (t, file) => {
  const log = await openLog(file)
  await append(log, [lineAt(1)])
  await t.rejects(
    compact(log, function* () {
      yield lineAt(2)
      throw new Error('closing')
    }),
    { message: 'closing' },
  )
  await append(log, [lineAt(3)])
  await log.close()
  const { said } = await reopened(file)
  t.strictSame(
    said.filter((entry) => !('clock' in entry && entry.clock.ahead === 2)),
    [1, 3].map(clockAt),
  )
})
