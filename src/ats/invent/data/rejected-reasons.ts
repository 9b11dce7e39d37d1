import type { ApplicationStageName } from './stages'

export const byEmployer = 'rejected_by_organization'
export const byCandidate = 'rejected_by_candidate'

/** Why applications end without a hire, and the stages in which they end so. */
export const rejectedReasons: readonly {
  readonly label: string
  readonly type: typeof byEmployer | typeof byCandidate
  readonly sourceValue: string
  readonly stages: readonly ApplicationStageName[]
}[] = [
  {
    label: 'Not enough experience for this role',
    type: byEmployer,
    sourceValue: 'Company: experience',
    stages: ['Applied', 'Screen'],
  },
  {
    label: 'Skills assessment below the required score',
    type: byEmployer,
    sourceValue: 'Company: assessment',
    stages: ['Assessment'],
  },
  {
    label: 'Another candidate was a closer match',
    type: byEmployer,
    sourceValue: 'Company: other candidate',
    stages: ['Interview'],
  },
  {
    label: 'Cannot work where or when the role requires',
    type: byEmployer,
    sourceValue: 'Company: place or hours',
    stages: ['Applied', 'Screen'],
  },
  {
    label: 'Accepted another offer',
    type: byCandidate,
    sourceValue: 'Candidate: other offer',
    stages: ['Interview', 'Offer'],
  },
  {
    label: 'Salary expectations not met',
    type: byCandidate,
    sourceValue: 'Candidate: salary',
    stages: ['Screen', 'Offer'],
  },
]
