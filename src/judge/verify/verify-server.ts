import type { Report } from '../check'
import { type Progress, runChecks } from '../run-checks'
import { type Selection, selectChecks } from '../select-checks'
import { checksFor } from './checks-for'
import { contextOf, leaveNothing } from './context'
import { paceFor } from './pace'
import { secretsOf } from './secrets'
import { targetOf } from './target-of'
import { tryAccess } from './try-access'

/** Which server to verify, and how. */
export interface VerifyOptions extends Selection, Progress {
  /** Its address, such as `https://api.stackone.com`. No other is called. */
  url: string
  key: string
  /** The account that calls are for. */
  account: string
  /** Whether to run the probes that the server may accept: they place orders. Default: no. */
  isWriting?: boolean | undefined
  /** Makes the ids repeatable that probes invent. */
  seed?: string | undefined
  signal?: AbortSignal | undefined
}

/**
 * Holds the ledger against a server. Rejects with a TypeError when an option is wrong, or the server can't be reached or
 * refuses the key or the account.
 */
export async function verifyServer(options: VerifyOptions): Promise<Report> {
  const { key, account, isWriting = false, signal = new AbortController().signal } = options
  const checks = checksFor({ isWriting, secrets: secretsOf(key, account) })
  selectChecks(checks, options)
  const target = await targetOf(options.url)
  const shownUrl = target.url.href.replace(/\/$/, '')
  const line = { target, shownUrl, key, account, isWriting, signal, pace: paceFor(target.addresses) }
  const context = contextOf(line, options.seed)
  await tryAccess(context, shownUrl)
  try {
    return await runChecks(checks, context, options)
  } finally {
    await leaveNothing(context)
  }
}
