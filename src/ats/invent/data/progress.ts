import type { applicationStatusValues } from '../../../../schemas/application'
import type { ApplicationStageName } from './stages'

type ApplicationStatusName = (typeof applicationStatusValues)[number]

/** How far an application has come. */
export interface Progress {
  readonly status: ApplicationStatusName
  /** The status as the ATS calls it. */
  readonly sourceValue: string
  readonly stage: ApplicationStageName
  /** Days that it usually takes to come so far. */
  readonly days: number
}

export const hired: Progress = { status: 'hired', sourceValue: 'Hired', stage: 'Hired', days: 45 }

export const withdrawn: readonly Progress[] = [
  { status: 'declined_by_candidate', sourceValue: 'Withdrawn', stage: 'Screen', days: 9 },
  { status: 'declined_by_candidate', sourceValue: 'Offer declined', stage: 'Offer', days: 36 },
  { status: 'declined_by_candidate', sourceValue: 'Withdrawn', stage: 'Interview', days: 22 },
]

const rejectedIn = (stage: ApplicationStageName, days: number): Progress => ({
  status: 'rejected',
  sourceValue: 'Archived',
  stage,
  days,
})

export const rejections: readonly Progress[] = [
  rejectedIn('Interview', 27),
  rejectedIn('Assessment', 18),
  rejectedIn('Screen', 8),
  rejectedIn('Applied', 4),
]

const under = (
  status: ApplicationStatusName,
  sourceValue: string,
  stage: ApplicationStageName,
  days: number,
): Progress => ({ status, sourceValue, stage, days })

const fresh = under('active', 'New application', 'Applied', 1)
const screen = under('screen', 'Phone screen', 'Screen', 5)
const assessment = under('assessment', 'Skills assessment', 'Assessment', 10)
const interview = under('interview', 'Interviewing', 'Interview', 18)
const review = under('review', 'Team review', 'Interview', 24)

/**
 * The mix of applications for jobs that are still to be filled, repeated as needed. Those that are rare come first, so
 * that the last, incomplete repetition has them as well.
 */
export const mix: readonly Progress[] = [
  hired,
  under('offer', 'Offer sent', 'Offer', 34),
  under('background_check', 'Background check', 'Reference check', 30),
  under('reference_check', 'Calling references', 'Reference check', 28),
  ...withdrawn.slice(1, 2),
  ...rejections,
  ...[fresh, screen, assessment, interview, review],
  ...[fresh, screen, assessment, interview, review],
  ...[fresh, screen, assessment, interview],
  ...[fresh, screen, assessment, interview],
]
