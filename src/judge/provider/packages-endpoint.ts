import type { AccountControl } from '../../control/account-control'
import { signatureOf } from '../../deliveries/signature'
import { judgePackages, type JudgedPackages } from '../../provider/judge-packages'
import { CannotTell, type Evidence } from '../check'
import type { Secret } from '../evidence'
import { once } from './once'
import { type Exchange, post, shown, statusOf } from './post'

/** The provider's packages endpoint. */
export interface PackagesEndpoint {
  /** Whether a key was given that it can check. */
  hasKey: boolean
  /** Asks it, as StackOne does unless `unusual` says otherwise. */
  ask(unusual?: Unusual): Promise<Exchange>
  /** Its first answer to a usual question. */
  usual(): Promise<Exchange>
  evidenceOf(exchange: Exchange): Evidence
}

/** How a question differs from the usual one. */
export interface Unusual {
  /** Properties of the body; an undefined one is left out. */
  body?: Record<string, unknown>
  /** Null: no signature. */
  secret?: string | null
  auth?: string
}

export interface PackagesEndpointToJudge {
  url: string
  secret: string
  auth: string | null
}

/** The ATS that the question names: one of those that StackOne asks packages endpoints for. */
export const provider = 'recruitee'

/** The packages endpoint at `url`, asked for `account`. */
export function packagesEndpoint(
  { url, secret, auth }: PackagesEndpointToJudge,
  { accountId, account, signal }: { accountId: string; account: AccountControl; signal: AbortSignal },
): PackagesEndpoint {
  const job = once(async () => (await account.ats.jobs.list({ limit: 1 }))[0])
  const secrets: Secret[] =
    auth === null ? [] : [{ text: Buffer.from(auth).toString('base64'), variable: 'PACKAGES_AUTH_BASE64' }]

  async function ask({ body, secret: signing = secret, auth: key = auth ?? undefined }: Unusual = {}) {
    const question = { job_id: (await job())?.id, account_id: accountId, provider, ...body }
    const text = JSON.stringify(question)
    const headers = {
      ...(signing !== null && { 'x-stackone-signature': signatureOf(text, signing) }),
      ...(key !== undefined && { authorization: `Basic ${Buffer.from(key).toString('base64')}` }),
    }
    return post(url, text, headers, signal)
  }
  return {
    hasKey: auth !== null,
    ask,
    usual: once(() => ask()),
    evidenceOf: (exchange) => shown(exchange, secrets),
  }
}

/** The packages of an answer, with what is wrong with it; null when there is no list to look at. */
export function packagesIn(exchange: Exchange): JudgedPackages | null {
  const { received } = exchange
  return 'error' in received || statusOf(exchange) !== 200 ? null : judgePackages(received.body)
}

/** Throws unless a usual question is answered with a list: otherwise, another answer would prove nothing. */
export async function expectUsualAnswer(packages: PackagesEndpoint): Promise<void> {
  if (packagesIn(await packages.usual()) === null)
    throw new CannotTell('a normal request is not answered with 200 either: see packages-list')
}
