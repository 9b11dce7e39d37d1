import type { PackagesReport } from '../../schemas/control/packages'
import type { PackagesQuestion } from '../../schemas/provider-packages'
import { providerOf } from '../accounts/accounts'
import { type AttemptResult, messageOf, unanswered } from '../deliveries/attempt'
import { callbackReceiver, type Outgoing } from '../deliveries/outgoing'
import { type Answer, headersFor, inWords, send } from '../deliveries/send'
import { signatureOf } from '../deliveries/signature'
import { BlockedTarget, checkTarget } from '../deliveries/target-policy'
import { type Deps, knownAccounts } from '../deps'
import { deliveryHeader } from '../http/delivery-header'
import { mask } from '../http/secret-names'
import type { PackagesEndpoint } from '../store/account-settings'
import { type HttpMessage, subjectFor } from '../store/records'
import { defaultSecret } from '../store/webhooks'
import { judgePackages } from './judge-packages'

/** Milliseconds of real time in which a packages endpoint has to answer. StackOne publishes no limit: assumed. */
export const timeToAnswer = 5_000

/** Bytes that are read of a list of packages. */
const mostOfList = 1024 * 1024

export type FetchDeps = Pick<Deps, 'config' | 'accounts' | 'clock' | 'deliveries' | 'reach' | 'ids'>

export interface Question {
  accountId: string
  /** The id of the job that a package is chosen for; null: none. */
  jobId: string | null
  /** The request behind it; null if there is none. */
  requestId: string | null
}

/**
 * Asks a provider's packages endpoint as StackOne does when a recruiter is about to choose (docs/contract.md: Packages
 * endpoint), and keeps the call like a delivery. Never throws because of what the provider does: the report says it.
 */
export async function fetchPackages(
  deps: FetchDeps,
  endpoint: PackagesEndpoint,
  { accountId, jobId, requestId }: Question,
  timeout = timeToAnswer,
): Promise<PackagesReport> {
  const { clock, deliveries } = deps
  const question: PackagesQuestion = {
    ...(jobId !== null && { job_id: jobId }),
    account_id: accountId,
    provider: providerOf(accountId, knownAccounts(deps)) ?? 'sandbox',
  }
  const payload = JSON.stringify(question)
  const outgoing: Outgoing = {
    accountId,
    orderId: null,
    remoteId: subjectFor(accountId, 'packages'),
    event: 'packages_request',
    at: clock.now(),
    result: null,
    requestId,
    payload,
    receiver: callbackReceiver('POST', endpoint.url),
  }
  const { answer, attempt } = await ask(deps, endpoint, payload, timeout)
  const judged = answer === null ? { packages: [], problems: [] } : judgePackages(answer.body)
  const { request, response } = attempt.exchange
  const failure = attempt.error === null ? [] : [{ path: '', message: attempt.error }]
  const masked = maskOf(endpoint)
  const problems = [...failure, ...judged.problems].map(({ path, message }) => ({ path, message: masked(message) }))
  const [first] = problems
  // Kept as failed, so that a list of deliveries shows that something is wrong with the answer.
  const kept: AttemptResult =
    first === undefined
      ? attempt
      : { ...attempt, verdict: attempt.error === null ? 'failed' : attempt.verdict, error: first.message }
  await deliveries.keep(outgoing, kept, outgoing.at)
  return { packages: judged.packages, problems, request: shown(request), response: shown(response) }
}

const shown = (message: HttpMessage | null) => message && { ...message, headers: { ...message.headers } }

/** The answer, if it is one to look at, and the attempt. */
async function ask(
  { reach: { resolve, targets }, ids }: FetchDeps,
  endpoint: PackagesEndpoint,
  body: string,
  timeout: number,
): Promise<{ answer: Answer | null; attempt: AttemptResult }> {
  const { url, secret, auth } = endpoint
  let sent: HttpMessage | null = null
  try {
    const target = await checkTarget(url, targets, resolve)
    const headers = headersFor(target.url, body, {
      [deliveryHeader]: `packages-${ids.token()}`,
      'x-stackone-signature': signatureOf(body, secret),
      ...(auth !== null && { authorization: `Basic ${Buffer.from(auth).toString('base64')}` }),
    })
    sent = messageOf(headers, body)
    const message = { method: 'POST', headers, body }
    const answer = await send(target, message, timeout, new AbortController().signal, mostOfList)
    const { status } = answer
    const encoding = answer.headers['content-encoding'] ?? 'identity'
    const isGood = status >= 200 && status < 300
    const exchange = { request: sent, response: keptOf(answer, maskOf(endpoint)) }
    const error = !isGood
      ? `the packages endpoint answered ${String(status)} instead of 200`
      : answer.isCut
        ? 'the answer is over 1 MiB'
        : encoding.toLowerCase() !== 'identity'
          ? `the answer is compressed (${encoding}), which StackOne's request doesn't ask for`
          : null
    const verdict = error === null ? ('delivered' as const) : ('failed' as const)
    const attempt = { ...unanswered(verdict, ''), status, error, exchange }
    return { answer: error === null ? answer : null, attempt }
  } catch (error) {
    const isBlocked = error instanceof BlockedTarget
    const why = isBlocked ? error.message : inWords(error as Error, new URL(url))
    return { answer: null, attempt: unanswered(isBlocked ? 'blocked' : 'failed', why, sent) }
  }
}

/** Shorter texts are not masked: they occur by chance. */
const leastToMask = 4

/** Replaces an endpoint's key, as it is and as it is sent, and its secret, wherever an answer repeats them. */
function maskOf({ auth, secret }: PackagesEndpoint): (text: string) => string {
  const ofAuth = auth === null ? [] : [auth, auth.replace(/:$/, ''), Buffer.from(auth).toString('base64')]
  const secrets = [...ofAuth, secret].filter((text) => text.length >= leastToMask && text !== defaultSecret)
  return (text) => secrets.reduce((before, each) => before.replaceAll(each, mask), text)
}

/** An answer as it is kept. It is masked as a whole: what is cut may end within a secret. */
function keptOf({ headers, body, isCut }: Answer, masked: (text: string) => string): HttpMessage {
  const shownOnes = Object.entries(headers).map(([name, value]) => [name, masked(String(value))] as const)
  return messageOf(Object.fromEntries(shownOnes), masked(body), isCut)
}
