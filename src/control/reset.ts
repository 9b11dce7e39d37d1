import type { Deps } from '../deps'

/** Puts an account, or with null everything, back to how it was at the start, and tells who looks on. */
export async function reset({ resetAll, changes }: Deps, account: string | null): Promise<void> {
  await resetAll(account)
  changes.emit('reset', account)
}
