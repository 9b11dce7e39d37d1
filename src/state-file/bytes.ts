import type { FileHandle } from 'node:fs/promises'

const chunk = 1024 * 1024

/**
 * Writes all of `bytes` at the offset `at`. The system may write fewer than it was given, for example when the disk is
 * nearly full.
 */
export async function writeAll(file: FileHandle, bytes: Buffer, at: number): Promise<void> {
  let written = 0
  while (written < bytes.length)
    written += (await file.write(bytes, written, bytes.length - written, at + written)).bytesWritten
}

/** The bytes of `file` from the offset `from` up to `to`, in pieces that are overwritten by the next one. */
export async function* piecesOf(file: FileHandle, from: number, to: number): AsyncGenerator<Buffer> {
  const buffer = Buffer.allocUnsafe(Math.min(chunk, Math.max(0, to - from)))
  let at = from
  while (at < to) {
    const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, to - at), at)
    if (bytesRead === 0) throw new Error(`it ends at byte ${String(at)}, before the expected ${String(to)}`)
    yield buffer.subarray(0, bytesRead)
    at += bytesRead
  }
}

/** Copies bytes of `source` to the offset `at` of `target`; resolves with where the copy ends. */
export async function copyBytes(
  source: FileHandle,
  { from, to }: { from: number; to: number },
  target: FileHandle,
  at: number,
): Promise<number> {
  let end = at
  for await (const piece of piecesOf(source, from, to)) {
    await writeAll(target, piece, end)
    end += piece.length
  }
  return end
}
