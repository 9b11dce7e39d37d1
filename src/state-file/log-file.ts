import { type FileHandle, open, realpath, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileProblem } from '../validation/file-problem'
import { writeAll } from './bytes'
import { compactBeside, compactInPlace, ownerOnly, type Replacement, syncFolder, unfinishedOf } from './compact'
import type { Entry } from './entries'
import { headerBytes, headerSize } from './header'
import { lock } from './lock'
import { logWriter } from './log-writer'
import { readLines } from './read-lines'
import { recognise } from './recognise'
import { settled, type Step } from './step'

/** A file to which entries are appended, step by step. After a kill at any instant, each step is whole or absent. */
export interface LogFile {
  /** Whether it has no step yet: it was missing or empty, or a first start has failed. */
  readonly isNew: boolean
  /** The JSON text in it, if it is a snapshot instead of a log: compact it before anything else. Null: it is a log. */
  readonly snapshot: Uint8Array | null
  /** Bytes of steps that were being written when a sandbox was killed. The next step replaces them. */
  readonly torn: number
  /** Calls `take` for each entry, and `passed` now and then with how much was read, from 0 to 1. */
  read(take: (entry: Entry) => void, passed: (share: number) => void): Promise<void>
  /**
   * Appends what `next` has as one step, which is on the disk once this resolves. If that fails, nothing of it is in the
   * file. Steps run one after the other, and `next` is called when it is this one's turn.
   */
  append(next: () => Promise<Step>): Promise<void>
  /** Bytes of its entries now, and as of the last compaction. */
  sizes(): { now: number; whole: number }
  /** Replaces all entries. If that fails, nothing is lost. */
  compact(replacement: Replacement): Promise<void>
  close(): Promise<void>
}

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
    return await opened(path, file, handle, unlock)
  } catch (error) {
    await handle?.close()
    unlock()
    throw new Error(whyNot(path, error as NodeJS.ErrnoException))
  }
}

/** What is wrong with a state file, in words that follow "but". */
export function whyNot(path: string, error: NodeJS.ErrnoException): string {
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

async function opened(path: string, file: string, handle: FileHandle, unlock: () => void): Promise<LogFile> {
  const { size, ino } = await handle.stat()
  const { header, end, torn, isNew, snapshot } = await recognise(file, handle, size)
  const log = logWriter({ path, file, handle, ino, size: end, header })
  let isInPlace = false
  let isLog = snapshot === null

  let isClaimed = false
  /** Makes the file this sandbox's own. What only looks like a snapshot may still be refused, so that waits. */
  async function claim() {
    if (isClaimed) return
    isClaimed = true
    // A file of another user keeps its mode, and a folder of another user what a killed sandbox left there.
    await handle.chmod(ownerOnly).catch(() => undefined)
    await rm(unfinishedOf(file), { force: true }).catch(() => undefined)
  }

  if (snapshot === null) await claim()
  if (end === 0) {
    await handle.truncate(0)
    await writeAll(handle, headerBytes(header), 0)
    log.size = headerSize
    await handle.datasync()
    await syncFolder(file)
  } else if (header.until !== null) await log.endAt(end, header.whole)

  /** A zero byte ends a snapshot, which the header does not replace before the copy is complete. */
  async function compactSnapshot(replacement: Replacement) {
    log.size = Math.max(end, headerSize) + 1
    await handle.truncate(log.size)
    try {
      await compactInPlace(log, replacement)
    } catch (error) {
      log.size = end
      await handle.truncate(end)
      throw error
    }
  }

  return {
    isNew,
    snapshot,
    torn,
    read: (take, passed) =>
      readLines(log.handle, { from: log.header.from, to: log.size }, take, (bytes) => {
        passed(bytes / (log.size - log.header.from))
      }),
    append: (next) =>
      log.alone(async () => {
        const step = await next()
        await settled(step, () => (step.isEmpty ? log.requireOwn() : log.append(step.pieces())))
      }),
    sizes: () => ({ now: log.size - log.header.from, whole: log.header.whole }),
    async compact(replacement) {
      await claim()
      if (!isInPlace) {
        try {
          await compactBeside(log, replacement)
        } catch (error) {
          if (!cannotBeReplaced.includes(String((error as NodeJS.ErrnoException).code))) throw error
          isInPlace = true
        }
      }
      if (isInPlace) await (isLog ? compactInPlace(log, replacement) : compactSnapshot(replacement))
      isLog = true
    },
    async close() {
      await log.alone(() => log.handle.close()).finally(unlock)
    },
  }
}

/** As the system says of a file that is mounted by itself, or is in a folder that takes no other. */
const cannotBeReplaced = ['EBUSY', 'EXDEV', 'EACCES', 'EPERM', 'EROFS', 'ERR_FS_EISDIR']
