import { readFile } from 'node:fs/promises'
import { SandboxError } from '../errors'
import { fileProblem } from '../validation/file-problem'
import { withoutMark } from '../validation/utf8'
import { loadSnapshot, type SnapshotDeps } from './snapshot'

/** Loads the snapshot in `file` at the start. Throws an Error that names the problem. */
export async function loadFile(deps: SnapshotDeps, file: string): Promise<void> {
  try {
    await loadSnapshot(deps, withoutMark(await readFile(file)))
  } catch (error) {
    const why = error instanceof SandboxError ? `${file}: ${error.message}` : fileProblem(file, error as Error)
    throw new Error(`${deps.config.nameOf('load')} must be a snapshot, but ${why}.`)
  }
}
