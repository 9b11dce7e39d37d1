export type { CheckResult, Evidence, Report, Verdict } from './check'
export { checkClient, type ClientToCheck } from './client/check-client'
export { type VerifyOptions, verifyServer } from './verify/verify-server'
export { checkProvider, type JudgeAccess, type ProviderToCheck } from './provider/check-provider'
