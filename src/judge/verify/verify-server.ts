import { lookup } from 'node:dns/promises'
import { checkTarget } from '../../deliveries/target-policy'
import type { Report } from '../check'
import { type Progress, runChecks } from '../run-checks'
import { type Selection, selectChecks } from '../select-checks'
import type { Line } from './call'
import { checksFor } from './checks-for'
import { contextOf, leaveNothing } from './context'
import { paceFor } from './pace'
import type { Context } from './probe'
import { secretsOf } from './secrets'
import { packagesPath } from './shared/paths'

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

/** Resolves the server's name once, so that nothing but its addresses is dialled. */
async function targetOf(url: string): Promise<Line['target']> {
  try {
    const { hostname } = new URL(url)
    return await checkTarget(url, [hostname], (name) => lookup(name, { all: true }))
  } catch (error) {
    throw new TypeError(`--url can't be used: ${(error as Error).message}`, { cause: error })
  }
}

/** Throws a TypeError if there is no point in going on. */
async function tryAccess({ call }: Context, shownUrl: string): Promise<void> {
  const { status } = await call({ path: packagesPath }).catch((error: unknown) => {
    throw new TypeError(`${shownUrl} can't be verified. ${(error as Error).message}`, { cause: error })
  })
  const why = whyPointless[status]
  if (why !== undefined) throw new TypeError(`${shownUrl} answers ${String(status)}: ${why}`)
}

const whyPointless: Readonly<Record<number, string>> = {
  401: 'it refuses the key. Check --key, or STACKONE_API_KEY.',
  403: 'the key may not read packages. Use a key with full rights.',
  404: 'it does not know the account, or has another API at this address. Check --account and --url.',
  412: 'the integration of the account is disabled. Use another account.',
}
