import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import type { Deps } from '../deps'
import { loadSnapshot } from './snapshot'
import { snapshotText } from './take-snapshot'

/** Begins with the snapshot in `file`. Throws an Error that says what is wrong with it. */
export async function loadFile(deps: Deps, file: string): Promise<void> {
  try {
    await loadSnapshot(deps, await readFile(file))
  } catch (error) {
    throw new Error(`${file} can not be loaded: ${(error as Error).message}`)
  }
}

/** Writes a snapshot of everything to `file`: whole, or not at all. Only its owner may read it, for it holds secrets. */
export async function saveFile(deps: Deps, file: string): Promise<void> {
  const unfinished = `${file}.unfinished`
  // One that was left behind would keep its mode.
  await rm(unfinished, { force: true })
  await writeFile(unfinished, await snapshotText(deps, null), { mode: 0o600 })
  await rename(unfinished, file)
}
