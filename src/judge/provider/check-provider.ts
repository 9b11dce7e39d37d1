import { inWords } from '../../deliveries/send'
import { randomIds, seededIds } from '../../ids'
import { realNow } from '../../real-time'
import { isEndpoint } from '../../settings'
import type { Report } from '../check'
import { type Running, startCommand } from '../command'
import { ownSandbox, seededStart } from '../own-sandbox'
import { type Progress, runChecks } from '../run-checks'
import { type Selection, selectChecks } from '../select-checks'
import { providerChecks } from './checks'
import type { ProviderContext, WebhookContext } from './context'
import { packagesEndpoint, provider } from './packages-endpoint'
import { targetOf } from './post'
import { receiver, type ReceiverToJudge, type ReceiverTools } from './receiver'
import { type ResultsTools, resultsOf } from './results'
import { expectFree, untilListening, whyGone } from './until-listening'

/** Where the provider's client has to send its calls. */
export interface JudgeAccess {
  url: string
  apiKey: string
  accountId: string
}

/** A provider to judge, and how. At least one of the two addresses is needed. */
export interface ProviderToCheck extends Selection, Progress {
  /** Its webhook: `url`, or `url#secret`. */
  webhookUrl?: string | undefined
  /** What its events are signed with, unless the address says so. Default: `sandbox`. */
  webhookSecret?: string | undefined
  /** Its packages endpoint: `url`, or `url#secret`. Without a secret, that of the webhook. */
  packagesUrl?: string | undefined
  /** Its key for StackOne, sent as HTTP Basic exactly as it is. */
  packagesAuth?: string | undefined
  /** Milliseconds that it may take to report a result. Default: 30,000. */
  withinMs?: number | undefined
  /** Starts it, by the shell; it is ended afterwards. */
  command?: string | undefined
  /** Milliseconds until it has to listen. Default: 30,000 with a command, else 0: it listens already. */
  startWithinMs?: number | undefined
  /** Port of the judge's own sandbox. Default: a free one. */
  port?: number | undefined
  seed?: string | undefined
  signal?: AbortSignal | undefined
  /** Called once the judge's own sandbox runs, before anything is checked. */
  onSandbox?: ((access: JudgeAccess) => unknown) | undefined
}

const accountId = 'acme'
const usualWithin = 30_000
/** Milliseconds that a command gets until the provider listens. */
const startUp = 30_000

/**
 * Judges a running assessment provider by what StackOne documents. Rejects with a TypeError when an option is wrong, and
 * with an Error when its command can't be started.
 */
export async function checkProvider(options: ProviderToCheck): Promise<Report> {
  const {
    withinMs = usualWithin,
    command,
    startWithinMs = command === undefined ? 0 : startUp,
    port = 0,
    seed,
    signal = new AbortController().signal,
  } = options
  // First: nothing needs to be ended yet.
  selectChecks(providerChecks, options)
  const webhook = endpointOf('webhook', options.webhookUrl, options.webhookSecret ?? 'sandbox')
  const packages = endpointOf(
    'packages endpoint',
    options.packagesUrl,
    webhook?.secret ?? options.webhookSecret ?? 'sandbox',
  )
  if (webhook === null && packages === null)
    throw new TypeError(
      'There is nothing to check: give the address of the webhook, of the packages endpoint, or of both.',
    )

  const urls = [webhook, packages].flatMap((each) => (each === null ? [] : [each.url]))
  await Promise.all(urls.map(expectAllowed))

  const ids = seed === undefined ? randomIds : seededIds(seed)
  const sandbox = await ownSandbox(seed, { port, accounts: [`${accountId}:${provider}`] })
  let running: Running | null = null
  try {
    const access = { url: sandbox.url, apiKey: sandbox.credentials.username, accountId }
    await options.onSandbox?.(access)
    if (command !== undefined) {
      await expectFree(urls)
      running = startCommand(command, environmentOf(access), ids.uuid())
    }
    const started: Running | null = running
    options.onStep?.('Waiting for the provider to listen')
    await untilListening(urls, started, { ms: startWithinMs, signal })

    const happensAt = seed === undefined ? undefined : Date.parse(seededStart)
    // The sandbox's clock runs as the real one, from another time.
    const { now: start } = await sandbox.clock.read()
    const ahead = Date.parse(start) - realNow()
    const now = () => realNow() + ahead
    const tools = { accountId, account: sandbox.account(accountId), ids, happensAt, withinMs, now, signal }
    const context: ProviderContext = {
      packages: packages && packagesEndpoint({ ...packages, auth: options.packagesAuth ?? null }, tools),
      webhook: webhook && webhookContext(webhook, tools),
      whyGone: () => whyGone(started),
      isGone: false,
    }
    return await runChecks(providerChecks, context, options)
  } finally {
    await running?.end()
    await sandbox.close()
  }
}

function webhookContext(
  webhook: ReceiverToJudge,
  tools: ReceiverTools & Pick<ResultsTools, 'withinMs' | 'now'>,
): WebhookContext {
  const judged = receiver(webhook, tools)
  return { receiver: judged, results: resultsOf({ ...tools, receiver: judged }), account: tools.account }
}

/** The environment variables that a provider, or a client, finds the sandbox by. */
const environmentOf = ({ url, apiKey, accountId: account }: JudgeAccess) => ({
  STACKONE_SERVER_URL: url,
  STACKONE_API_KEY: apiKey,
  STACKONE_ACCOUNT_ID: account,
})

/** Throws a TypeError when nothing may ever be sent to `url`, or nobody knows where it is. */
async function expectAllowed(url: string): Promise<void> {
  await targetOf(url).catch((error: unknown) => {
    throw new TypeError(inWords(error as Error, new URL(url)))
  })
}

/** `url#secret` in its parts; null if there is none. */
function endpointOf(name: string, text: string | undefined, usualSecret: string) {
  if (text === undefined) return null
  if (!isEndpoint(text))
    throw new TypeError(
      `The address of the ${name} must begin with http:// or https://, without credentials, optionally followed by #secret.`,
    )
  const [url = '', secret] = text.split('#')
  return { url, secret: secret ?? usualSecret }
}
