import { open, rename, rm, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { copyBytes, writeAll } from './bytes'
import { endLine } from './entries'
import { headerBytes, headerSize } from './header'
import type { LogWriter } from './log-writer'
import { type NextStep, settled } from './step'

/** A file with the secrets of webhooks. */
export const ownerOnly = 0o600

/** What a compaction replaces all entries by. */
export interface Replacement {
  /** Begins to read the state: pieces of whole lines, each as of the moment in which it is taken. */
  readonly copy: () => Iterable<Buffer>
  readonly next: NextStep
}

/**
 * Writes the copy to a new file, and then what is appended meanwhile and what is not yet: the copy already shows some of
 * it, and without the rest a reset or a load would be half there. Replaces the file by it in one step.
 */
export async function compactBeside(log: LogWriter, { copy, next }: Replacement): Promise<void> {
  const { file } = log
  const unfinished = unfinishedOf(file)
  await rm(unfinished, { force: true })
  const target = await open(unfinished, 'wx+', ownerOnly)
  try {
    const { uid, gid } = await log.handle.stat()
    // Only root may give a file away, and only then it has another owner.
    await target.chown(uid, gid).catch(() => undefined)
    const since = await log.alone(async () => log.size)
    let at = headerSize
    const put = async (piece: Buffer) => {
      await writeAll(target, piece, at)
      at += piece.length
    }
    for (const piece of copy()) await put(piece)
    await put(endLine)
    const whole = at - headerSize
    // Most of it before the others have to wait.
    const until = log.size
    at = await copyBytes(log.handle, { from: since, to: until }, target, at)
    await target.datasync()
    await log.alone(async () => {
      const step = await next(true)
      await settled(step, async () => {
        await log.requireOwn()
        at = await copyBytes(log.handle, { from: until, to: log.size }, target, at)
        for (const piece of step.pieces()) await put(piece)
        const header = { from: headerSize, until: null, whole }
        await writeAll(target, headerBytes(header), 0)
        await target.datasync()
        const { ino } = await target.stat()
        await rename(unfinished, file)
        const { handle } = log
        Object.assign(log, { handle: target, ino, header, size: at })
        await handle.close().catch(() => undefined)
        await syncFolder(file)
      })
    })
  } catch (error) {
    await target.close()
    await rm(unfinished, { force: true })
    throw error
  }
}

/**
 * Appends the copy, and lets the header point to it. Then moves it to the front if there is room before it. Throws an Error
 * with the code `ENOSPC` if there is none for the copy, which cannot be taken back.
 */
export async function compactInPlace(log: LogWriter, { copy, next }: Replacement): Promise<void> {
  const { bavail, bsize } = await statfs(log.file)
  const needed = log.size - log.header.from
  if (bavail * bsize < needed) throw Object.assign(new Error('no room for a copy'), { code: 'ENOSPC' })
  const since = await log.alone(async () => log.size)
  const pieces = copy()[Symbol.iterator]()

  /** Appends the next piece of the copy; resolves with whether that was the last. */
  async function appendNext() {
    let piece: IteratorResult<Buffer, unknown> | undefined
    // As of the same moment. It comes first, since the lines of the step may be made later.
    const step = await next(false, () => {
      piece = pieces.next()
    })
    await settled(step, () => log.append(after(piece?.done === false ? piece.value : null, step.pieces())))
    return piece?.done === true
  }
  for (let isDone = false; !isDone;) isDone = await log.alone(appendNext)

  const until = await log.alone(async () => {
    const step = await next(true)
    await settled(step, () => log.append(step.pieces()))
    await log.putHeader({ from: since, until: null, whole: log.size - since })
    return log.size
  })
  const { whole } = log.header
  if (since - headerSize < whole) return
  // Most of it before the others have to wait. Nobody reads what is there.
  const at = await copyBytes(log.handle, { from: since, to: until }, log.handle, headerSize)
  await log.handle.datasync()
  await log.alone(async () => {
    if (since - at < log.size - until) return
    await log.requireOwn()
    const end = await copyBytes(log.handle, { from: until, to: log.size }, log.handle, at)
    await log.handle.datasync()
    await log.endAt(end, whole)
  })
}

function* after(first: Buffer | null, others: Iterable<Buffer>) {
  if (first !== null) yield first
  yield* others
}

/** Where a copy is written until it is complete. */
export const unfinishedOf = (file: string) => `${file}.unfinished`

/** Makes the name of a file outlive a loss of power. Not every system can. */
export async function syncFolder(file: string): Promise<void> {
  const folder = await open(dirname(file)).catch(() => null)
  await folder?.sync().catch(() => undefined)
  await folder?.close()
}
