import type { FormQuestion } from '../questions'
import type { InterviewStageName } from '../stages'

/** A job that a department may offer. */
export interface Role {
  readonly title: string
  /** Two or three sentences. */
  readonly description: string
  readonly tasks: readonly string[]
  readonly skills: readonly string[]
  /** What its candidates do at present. */
  readonly backgrounds: readonly string[]
  /** A year's pay in thousands, in whichever currency the place has. */
  readonly pay: readonly [from: number, to: number]
  /** Permanent and full-time unless it says otherwise. */
  readonly employment?: 'intern' | 'part_time' | 'temporary'
}

export interface DepartmentKind {
  readonly name: string
  /** What the codes of its jobs begin with. */
  readonly code: string
  readonly interviewStages: readonly InterviewStageName[]
  readonly questions: readonly FormQuestion[]
  readonly roles: readonly Role[]
}
