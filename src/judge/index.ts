export type { CheckResult, Evidence, Report, Verdict } from './check'
export { checkClient, type ClientToCheck } from './client/check-client'
export { checkProvider, type JudgeAccess, type ProviderToCheck } from './provider/check-provider'
