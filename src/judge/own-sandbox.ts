import { type Sandbox, startSandbox } from '../start-sandbox'
import type { SandboxOptions } from '../options'

/** Where the clock of a seeded run starts, so that the invented dates are the same each time. */
export const seededStart = '2026-01-15T09:00:00.000Z'

/** A sandbox of the judge's own, on a free port. With a seed, ids and records are those of every run. */
export async function ownSandbox(seed: string | undefined, options: SandboxOptions = {}): Promise<Sandbox> {
  if (seed === undefined) return startSandbox(options)
  const sandbox = await startSandbox({ ...options, seed, clock: seededStart })
  await sandbox.clock.resume()
  return sandbox
}
