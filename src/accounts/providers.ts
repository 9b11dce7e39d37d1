import { type KnownAccounts, providerOf } from './accounts'

/** How a provider differs from the others. */
export type Rule = 'one final result' | 'complete scores' | 'no hiring team' | 'static packages'

/** A rule of a provider: a line of docs/reference/accounts.md. */
export interface ProviderRule {
  readonly provider: string
  readonly rule: Rule
  /** What it does, as the documents say it. */
  readonly about: string
  /** Where that is documented. */
  readonly source: string
  /** Which part is assumed. */
  readonly assumed: string
}

/** All rules (docs/contract.md: Differences between providers). */
export const providerRules: readonly ProviderRule[] = [
  {
    provider: 'greenhouse',
    rule: 'one final result',
    about: 'After a final result, every other report of one is refused with 422',
    source: "Greenhouse's assessment partner API: multiple updates are not allowed",
    assumed: 'the status, and that reports before the final one are accepted',
  },
  {
    provider: 'smartrecruiters',
    rule: 'complete scores',
    about: 'A score needs `value`, `min` and `max`, and an attachment its `url` and `content_type`; otherwise 422',
    source: "SmartRecruiters' assessment API: these properties are required",
    assumed: 'the status',
  },
  {
    provider: 'teamtailor',
    rule: 'no hiring team',
    about: "A recruiter's order has no `hiring_team`",
    source: "StackOne's guide: Teamtailor's partner API alone does not reveal it",
    assumed: 'nothing',
  },
  {
    provider: 'workday',
    rule: 'static packages',
    about:
      "The packages endpoint isn't asked, since packages are created in the ATS. Jobs can be read, and their events are sent",
    source: "StackOne's guide to Workday",
    assumed: 'that a recruiter chooses from `SANDBOX_PACKAGES`',
  },
  {
    provider: 'successfactors',
    rule: 'static packages',
    about: 'As with Workday',
    source: "StackOne's guide to SAP SuccessFactors",
    assumed: 'as with Workday, and the name of the provider',
  },
]

/** Whether the ATS that an account is linked to has a rule. */
export function hasRule(accountId: string, accounts: KnownAccounts, rule: Rule): boolean {
  const provider = providerOf(accountId, accounts)
  return provider !== null && providerRules.some((each) => each.provider === provider && each.rule === rule)
}
