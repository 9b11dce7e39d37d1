import { type FileHandle, open, readFile, realpath, rename, rm, stat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileProblem } from '../validation/file-problem'
import { withoutMark } from '../validation/utf8'
import { copyBytes, writeText } from './bytes'
import { endLine, type Entry } from './entries'
import { type Header, headerOf, headerSize, headerText, holdsNothing } from './header'
import { lock } from './lock'
import { endOfSteps, readLines } from './read-lines'

/** A file to which entries are appended, step by step. After a kill at any instant, each step is whole or absent. */
export interface LogFile {
  /** Whether it was missing or empty. */
  readonly isNew: boolean
  /** The JSON text in it, if it is a snapshot instead of a log: compact it before anything else. Null: it is a log. */
  readonly snapshot: Uint8Array | null
  /** Bytes of a step that was being written when a sandbox was killed. They were cut off. */
  readonly torn: number
  /** Calls `take` for each entry, and `passed` now and then with how much was read, from 0 to 1. */
  read(take: (entry: Entry) => void, passed: (share: number) => void): Promise<void>
  /**
   * Appends what `next` has as one step, which is on the disk once this resolves. If that fails, nothing of it is in the
   * file. Steps run one after the other, and `next` is called when it is this one's turn.
   */
  append(next: NextStep): Promise<void>
  /** Bytes of its entries now, and as of the last compaction. */
  sizes(): { now: number; whole: number }
  /**
   * Replaces all entries by those of `copy`, texts of whole lines that each hold as of the moment in which they are taken,
   * by the steps that are appended meanwhile, and by what `next` has at the end: a copy knows some of what is not
   * appended yet, and a part of that would be half of something.
   */
  compact(copy: () => Iterable<string>, next: NextStep): Promise<void>
  close(): Promise<void>
}

/** Changes that are written together. */
export interface Step {
  readonly isEmpty: boolean
  /** A line for each, made when it is its turn. */
  readonly lines: () => Iterable<string>
  /** Called once they are on the disk. */
  readonly isWritten: () => void
  /** Called when they could not be written. */
  readonly putBack: () => void
}

/** Resolves with all that has changed and is not appended yet. */
type NextStep = () => Promise<Step>

/** Characters that are written at once. */
const chunk = 256 * 1024

/** Opens `path`, or makes the file. Throws an Error with what is wrong, in words that follow "but". */
export async function openLog(path: string): Promise<LogFile> {
  const file = await made(path).catch((error: unknown) => {
    throw new Error(whyNot(path, error as NodeJS.ErrnoException))
  })
  const unlock = await lock(file)
  if (unlock === null) throw new Error(`${path} is in use by another sandbox`)
  let handle: FileHandle | undefined
  try {
    handle = await open(file, 'r+')
    return await logIn(handle, { path, file, unlock })
  } catch (error) {
    await handle?.close()
    unlock()
    throw new Error(whyNot(path, error as NodeJS.ErrnoException))
  }
}

const whyNot = (path: string, error: NodeJS.ErrnoException) => {
  if (error.code === 'ENOENT') return fileProblem(dirname(path), error)
  return error.code === undefined ? `${path} cannot be read: ${error.message}` : fileProblem(path, error)
}

/** Makes the file unless it is there, and resolves with where it really is: symbolic links stay. */
async function made(path: string): Promise<string> {
  const found = await stat(path).catch(() => null)
  // Opening a pipe would wait for whoever reads it.
  if (found !== null && !found.isFile() && !found.isDirectory()) throw new Error('it is not a regular file')
  await (await open(path, 'a', ownerOnly)).close()
  return realpath(path)
}

/** It holds the secrets of webhooks. */
const ownerOnly = 0o600

async function logIn(
  first: FileHandle,
  { path, file, unlock }: { path: string; file: string; unlock: () => void },
): Promise<LogFile> {
  const unfinished = `${file}.unfinished`
  let handle = first
  // A file of another user keeps its mode.
  await handle.chmod(ownerOnly).catch(() => undefined)
  await rm(unfinished, { force: true }).catch(() => undefined)
  let { size, ino } = await handle.stat()
  const begin = Buffer.alloc(Math.min(headerSize, size))
  await handle.read(begin, 0, begin.length, 0)
  const found = headerOf(begin)
  const isNew = found === null && holdsNothing(begin)
  const snapshot = found === null && !isNew ? await snapshotIn(file) : null
  let header: Header = found ?? { from: headerSize, until: null, whole: 0 }
  if (isNew) await start()
  if (header.until !== null) await cutOff(header.until)
  const end = snapshot === null ? await endOfSteps(handle, header.from, size) : size
  const torn = size - end
  if (torn > 0) await cutTo(end)

  /** Whether a failed step may have left a part of itself behind. */
  let isRagged = false
  let isInPlace = false
  let isLog = snapshot === null
  let last: Promise<unknown> = Promise.resolve()

  /** Calls `work` once earlier work on the file has ended. */
  function alone<T>(work: () => Promise<T>): Promise<T> {
    const next = last.then(work)
    last = next.catch(() => undefined)
    return next
  }

  async function start() {
    await handle.truncate(0)
    size = await writeText(handle, headerText(header), 0)
    await handle.datasync()
    await syncFolder(file)
  }

  async function cutTo(end: number) {
    await handle.truncate(end)
    size = end
  }

  async function putHeader(next: Header) {
    await writeText(handle, headerText(next), 0)
    await handle.datasync()
    header = next
  }

  /** Ends the file at `until`, as its header says. */
  async function cutOff(until: number) {
    await cutTo(until)
    await putHeader({ ...header, until: null })
  }

  /** Throws if another program has written to the file, or has replaced it. */
  async function requireOwn() {
    const isThere = (await stat(file).catch(() => null))?.ino === ino
    if (!isThere) throw new Error(`${path} was removed or replaced by something else`)
    if ((await handle.stat()).size !== size) throw new Error(`something else has written to ${path}`)
  }

  async function appendNow(lines: Iterable<string>) {
    if (isRagged) await handle.truncate(size)
    isRagged = false
    await requireOwn()
    isRagged = true
    try {
      let at = size
      for (const text of inChunks(lines)) at += await writeText(handle, text, at)
      await handle.datasync()
      size = at
    } finally {
      // After a failure this may fail as well, and is tried again before the next step.
      await handle.truncate(size)
      isRagged = false
    }
  }

  /** Calls `write` with the lines of `step` and an end. */
  async function written(step: Step, write: (lines: Iterable<string>) => Promise<void>) {
    try {
      await write(withEnd(step.lines()))
    } catch (error) {
      step.putBack()
      throw error
    }
    step.isWritten()
  }

  async function compactBeside(copy: () => Iterable<string>, next: NextStep) {
    await rm(unfinished, { force: true })
    const target = await open(unfinished, 'wx+', ownerOnly)
    try {
      const since = await alone(async () => size)
      let at = headerSize
      for (const text of copy()) at += await writeText(target, text, at)
      at += await writeText(target, endLine, at)
      const whole = at - headerSize
      await alone(async () =>
        written(await next(), async (lines) => {
          let end = await copyBytes(handle, { from: since, to: size }, target, at)
          for (const text of inChunks(lines)) end += await writeText(target, text, end)
          header = { from: headerSize, until: null, whole }
          await writeText(target, headerText(header), 0)
          await target.datasync()
          await requireOwn()
          const { ino: nextIno } = await target.stat()
          await rename(unfinished, file)
          const old = handle
          handle = target
          ino = nextIno
          size = end
          await syncFolder(file)
          await old.close()
        }),
      )
    } catch (error) {
      if (handle !== target) {
        await target.close()
        await rm(unfinished, { force: true })
      }
      throw error
    }
  }

  async function compactInPlace(copy: () => Iterable<string>, next: NextStep) {
    await requireRoom(file, header.whole || size)
    const since = await alone(async () => {
      // A zero byte ends the snapshot, which the header does not replace before the copy is complete.
      if (!isLog) await cutTo(Math.max(size, headerSize) + 1)
      return size
    })
    // Taken and written in one turn, or a step in between would be older than it is.
    const texts = copy()[Symbol.iterator]()
    async function appendNext() {
      const step = await next()
      // In the same turn, and before the lines of the step, which are made later.
      const text = texts.next()
      await written(step, (lines) => appendNow(text.done === true ? lines : chained([text.value], lines)))
      return text.done === true
    }
    for (let isDone = false; !isDone;) isDone = await alone(appendNext)
    await alone(async () => {
      const length = size - since
      await putHeader({ from: since, until: null, whole: length })
      if (since - headerSize < length) return
      const until = await copyBytes(handle, { from: since, to: size }, handle, headerSize)
      await handle.datasync()
      await putHeader({ from: headerSize, until, whole: length })
      await cutOff(until)
    })
  }

  return {
    isNew,
    snapshot,
    torn,
    read: (take, passed) =>
      readLines(handle, { from: header.from, to: size }, take, (bytes) => {
        passed(bytes / (size - header.from))
      }),
    append: (next) =>
      alone(async () => {
        const step = await next()
        if (!step.isEmpty) await written(step, appendNow)
      }),
    sizes: () => ({ now: size - header.from, whole: header.whole }),
    async compact(copy, next) {
      if (!isInPlace) {
        try {
          await compactBeside(copy, next)
        } catch (error) {
          if (!cannotBeReplaced(error as NodeJS.ErrnoException)) throw error
          isInPlace = true
        }
      }
      if (isInPlace) await compactInPlace(copy, next)
      isLog = true
    },
    async close() {
      await alone(() => handle.close())
      unlock()
    },
  }
}

/** As the system says of a file that is mounted by itself (`EBUSY`), or is in a folder that takes no other (`EACCES` …). */
const cannotBeReplaced = ({ code }: NodeJS.ErrnoException) =>
  code !== undefined && code !== 'ENOSPC' && code !== 'EDQUOT'

/** Makes the name of a file outlive a loss of power. Not every system can. */
async function syncFolder(file: string) {
  const folder = await open(dirname(file)).catch(() => null)
  await folder?.sync().catch(() => undefined)
  await folder?.close()
}

/** Throws unless the disk has room for a copy of about `bytes`: in place, a part of one could not be taken back. */
async function requireRoom(file: string, bytes: number) {
  const { bavail, bsize } = await statfs(file)
  if (bavail * bsize < 2 * bytes) throw Object.assign(new Error('no room for a copy'), { code: 'ENOSPC' })
}

/** The snapshot in `file`. A kill while it was being replaced left a zero byte behind it, which no JSON holds. */
async function snapshotIn(file: string): Promise<Uint8Array> {
  const bytes = await readFile(file)
  const end = bytes.indexOf(0)
  return withoutMark(end < 0 ? bytes : bytes.subarray(0, end))
}

function* chained(...all: Iterable<string>[]) {
  for (const lines of all) yield* lines
}

const withEnd = (lines: Iterable<string>) => chained(lines, [endLine])

function* inChunks(lines: Iterable<string>) {
  let text = ''
  for (const line of lines) {
    text += line
    if (text.length < chunk) continue
    yield text
    text = ''
  }
  if (text !== '') yield text
}
