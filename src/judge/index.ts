export type { CheckResult, Evidence, Report, Verdict } from './check'
export { checkProvider, type JudgeAccess, type ProviderToCheck } from './provider/check-provider'
