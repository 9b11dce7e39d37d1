import { type Report, type VerifyOptions, verifyServer } from '../../../src/judge/index'

export const key = 'key-of-verify'
export const account = 'acme'
/** Options of a sandbox with that key, and with two accounts. */
export const known = { apiKeys: [key], accounts: [account, 'globex'] }

export const verdicts = ({ checks }: Report, verdict: string) => checks.filter((each) => each.verdict === verdict)
export const ids = (report: Report, verdict: string) => verdicts(report, verdict).map(({ id }) => id)
export const verify = (url: string, options: Partial<VerifyOptions> = {}) =>
  verifyServer({ url, key, account, ...options })
