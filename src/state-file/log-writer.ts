import { type FileHandle, stat } from 'node:fs/promises'
import { writeAll } from './bytes'
import { type Header, headerSize, headerBytes } from './header'

/** A log that is open for writing. Only what runs in `alone` may change it. */
export interface LogWriter {
  /** Where the file is, without symbolic links. */
  readonly file: string
  handle: FileHandle
  /** The file's number in its file system. */
  ino: number
  /** Where its steps end. */
  size: number
  header: Header
  /** Calls `work` once earlier work on the file has ended. */
  alone<T>(work: () => Promise<T>): Promise<T>
  /** Throws an Error if another program has written to the file, or has replaced it. Cuts off what a failure left behind. */
  requireOwn(): Promise<void>
  /** Appends pieces. If that fails, none of them is in the file. */
  append(pieces: Iterable<Buffer>): Promise<void>
  putHeader(next: Header): Promise<void>
  /** Ends the file at `until`, with `whole` bytes behind the header: a kill or a failure in the middle is made up for. */
  endAt(until: number, whole: number): Promise<void>
}

export interface OpenFile {
  /** What the user calls it. */
  readonly path: string
  readonly file: string
  readonly handle: FileHandle
  readonly ino: number
  readonly size: number
  readonly header: Header
}

export function logWriter({ path, ...opened }: OpenFile): LogWriter {
  /** Whether something may follow the steps that does not belong there. */
  let isRagged = true
  /** What is to be done before anything else, since it failed before. */
  let overdue: (() => Promise<void>) | null = null
  let last: Promise<unknown> = Promise.resolve()

  const writer: LogWriter = {
    ...opened,
    alone(work) {
      const next = last.then(work)
      last = next.catch(() => undefined)
      return next
    },
    async requireOwn() {
      const isThere = (await stat(writer.file).catch(() => null))?.ino === writer.ino
      if (!isThere) throw new Error(`${path} was removed or replaced by something else`)
      await overdue?.()
      if (isRagged) await writer.handle.truncate(writer.size)
      isRagged = false
      if ((await writer.handle.stat()).size !== writer.size) throw new Error(`something else has written to ${path}`)
    },
    async append(pieces) {
      await writer.requireOwn()
      isRagged = true
      try {
        let at = writer.size
        for (const piece of pieces) {
          await writeAll(writer.handle, piece, at)
          at += piece.length
        }
        await writer.handle.datasync()
        writer.size = at
      } finally {
        // After a failure this may fail as well, and is tried again before the next step.
        await writer.handle.truncate(writer.size)
        isRagged = false
      }
    },
    async putHeader(next) {
      await writeAll(writer.handle, headerBytes(next), 0)
      await writer.handle.datasync()
      writer.header = next
    },
    async endAt(until, whole) {
      overdue = async () => {
        await writer.putHeader({ from: headerSize, until, whole })
        await writer.handle.truncate(until)
        writer.size = until
        await writer.putHeader({ from: headerSize, until: null, whole })
        overdue = null
      }
      await overdue()
    },
  }
  return writer
}
