import { ownSandbox } from '../own-sandbox'
import { type Progress, runChecks } from '../run-checks'
import type { Selection } from '../select-checks'
import { checksFor } from './checks-for'
import { contextOf, leaveNothing } from './context'
import { targetOf } from './target-of'
import { tryAccess } from './try-access'

/** What the requests of a dry run are to show. */
export interface DryRunOptions extends Selection, Pick<Progress, 'onStep'> {
  /** The address that the requests show. It is not called. */
  url: string
  /** Whether those of the probes that write are among them. */
  isWriting: boolean
  seed?: string | undefined
  signal: AbortSignal
}

/** What is sent for one purpose: the title of a probe. */
export interface Planned {
  purpose: string
  /** The requests as text, without secrets. */
  requests: string[]
}

/** Stand for those of the user, who need not give a key. */
const key = 'key-of-the-dry-run'
const account = 'account-of-the-dry-run'

/**
 * All that `verifyServer` would send. It is sent to a sandbox of the judge's own, so what depends on
 * answers is invented.
 */
export async function dryRun({ url, isWriting, seed, signal, only, skip }: DryRunOptions): Promise<Planned[]> {
  const sandbox = await ownSandbox(seed, { apiKeys: [key], accounts: [account] })
  try {
    const planned: Planned[] = []
    const begin = (purpose: string) => planned.push({ purpose, requests: [] })
    const line = {
      target: await targetOf(sandbox.url),
      shownUrl: url.replace(/\/$/, ''),
      ...{ key, account, isWriting, signal, pace: () => Promise.resolve() },
      onExchange: ({ sent }: { sent: string }) => planned.at(-1)?.requests.push(sent),
    }
    const context = contextOf(line, seed)
    begin('The key and the account work')
    await tryAccess(context, url)
    await runChecks(checksFor({ isWriting, secrets: [] }), context, { only, skip, onStep: begin })
    begin('Nothing is left behind')
    await leaveNothing(context)
    return planned.filter(({ requests }) => requests.length > 0)
  } finally {
    await sandbox.close()
  }
}
