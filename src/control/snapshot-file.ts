import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Deps, State } from '../deps'
import { SandboxError } from '../errors'
import { fileProblem } from '../validation/file-problem'
import { withoutMark } from '../validation/utf8'
import { loadSnapshot, type SnapshotDeps } from './snapshot'
import { type HeldParts, snapshotText } from './take-snapshot'

/** Loads the snapshot in `file` at the start. Throws an Error that names the problem. */
export async function loadFile(deps: SnapshotDeps, file: string): Promise<void> {
  try {
    await loadSnapshot(deps, withoutMark(await readFile(file)))
  } catch (error) {
    const why = error instanceof SandboxError ? `${file}: ${error.message}` : fileProblem(file, error as Error)
    throw new Error(`${deps.config.nameOf('load')} must be a snapshot, but ${why}.`)
  }
}

/** Throws an Error if no snapshot can be written to `file`: better at the start than at the end. */
export async function checkFile({ config }: Pick<Deps, 'config'>, file: string): Promise<void> {
  const refuse = (problem: string) => new Error(`${config.nameOf('saveOnExit')} must be a file, but ${problem}.`)
  const found = await stat(file).catch(() => null)
  if (found?.isDirectory() === true) throw refuse(`${file} is a folder`)
  try {
    await writeFile(unfinished(file), '')
    await rm(unfinished(file))
  } catch (error) {
    throw refuse(fileProblem(dirname(file), error as Error))
  }
}

/** Writes a snapshot of everything to `file`, atomically. It holds secrets, so only its owner may read it. */
export async function saveFile(deps: Pick<State, HeldParts>, file: string): Promise<void> {
  try {
    // A leftover file would keep its mode.
    await rm(unfinished(file), { force: true })
    await writeFile(unfinished(file), await snapshotText(deps, null), { mode: 0o600 })
    await rename(unfinished(file), file)
  } catch (error) {
    throw new Error(`The snapshot is not saved, because ${file} cannot be written: ${(error as Error).message}`)
  }
}

const unfinished = (file: string) => `${file}.unfinished`
