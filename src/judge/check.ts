/** Whether something does what StackOne asks for; `reported` where neither its documents nor HTTP say what to do. */
export type Verdict = 'pass' | 'fail' | 'skip' | 'reported'

/** What went over the wire, as text, and a command that sends it again. Holds no key. */
export interface Evidence {
  sent: string
  received: string
  /** Null where no single request repeats it. */
  curl: string | null
}

/** What a check found. */
export interface Finding {
  verdict: Verdict
  /** What was received instead of what was expected, or why nothing can be said; missing when all is well. */
  why?: string | undefined
  evidence?: Evidence | undefined
}

/** One thing that is judged: a check of a provider, a scenario for a client, or a probe of a server. */
export interface Check<Context> {
  /** Its name in reports and for `--only`: its group and a word, `receiver-signature`. */
  readonly id: string
  /** What should hold, as a sentence. */
  readonly title: string
  /** Why StackOne, or its users, need it. */
  readonly why: string
  /** What is expected, for somebody who saw something else. */
  readonly expected: string
  /** Where that is written, and how well it is known: `docs/contract.md, Webhooks (documented)`. */
  readonly source: string
  /** Rejects with `NotAsExpected` as soon as something is wrong, and with `CannotTell` when nothing can be said. */
  run(context: Context): Promise<Finding>
}

/** A check, and what it found: an entry of a report. */
export interface CheckResult {
  id: string
  title: string
  verdict: Verdict
  /** What was received instead of what was expected; for a pass, why it matters. */
  why: string
  /** Why it matters, whatever the verdict. */
  rationale: string
  source: string
  expected: string
  evidence: Evidence | null
}

/** What a command of the judge ends with. */
export interface Report {
  checks: CheckResult[]
}

/** Something that is judged does not do what is expected. */
export class NotAsExpected extends Error {
  override readonly name = 'NotAsExpected'
  constructor(
    message: string,
    readonly evidence?: Evidence,
  ) {
    super(message)
  }
}

/** Something else is wrong that has to be right before this can be judged. */
export class CannotTell extends Error {
  override readonly name = 'CannotTell'
}

export const passed: Finding = { verdict: 'pass' }
export const skipped = (why: string): Finding => ({ verdict: 'skip', why })
export const reported = (why: string, evidence?: Evidence): Finding => ({ verdict: 'reported', why, evidence })

/** The section of docs/contract.md that something is written in, with how well it is known. */
export const contract = (section: string, sure: 'documented' | 'observed' | 'assumed'): string =>
  `docs/contract.md, ${section} (${sure})`
