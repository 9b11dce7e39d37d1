import type { AtsApplication } from '../../../schemas/ats/application'
import type { AtsCandidate } from '../../../schemas/ats/candidate'
import type { AtsDepartment } from '../../../schemas/ats/department'
import type { AtsJob } from '../../../schemas/ats/job'
import type { AtsJobPosting } from '../../../schemas/ats/job-posting'
import type { AtsLocation } from '../../../schemas/ats/location'
import type { AtsRejectedReason } from '../../../schemas/ats/rejected-reason'
import type { AtsStage } from '../../../schemas/ats/stage'
import type { AtsUser } from '../../../schemas/ats/user'
import { numberOfCandidates, planApplications } from './application-plans'
import { inventApplication } from './applications'
import { inventCandidate } from './candidates'
import { drawFor } from './draw'
import { itemAt } from './item-at'
import { inventJobs } from './jobs'
import { inventOrganisation } from './organisation'
import { inventPeople } from './people'
import { inventPostings } from './postings'
import { timelineUntil } from './timeline'

/** What an ATS is invented from. */
export interface AtsBasis {
  readonly salt: string
  /** Milliseconds since 1970: the newest date in it. */
  readonly since: number
}

/** The records of an applicant-tracking system, in the order of their creation. Ids lead from one to another. */
export interface AtsRecords {
  readonly candidates: readonly AtsCandidate[]
  readonly applications: readonly AtsApplication[]
  readonly jobs: readonly AtsJob[]
  readonly job_postings: readonly AtsJobPosting[]
  readonly users: readonly AtsUser[]
  readonly departments: readonly AtsDepartment[]
  readonly locations: readonly AtsLocation[]
  readonly application_stages: readonly AtsStage[]
  readonly interview_stages: readonly AtsStage[]
  readonly rejected_reasons: readonly AtsRejectedReason[]
}

const numberOfUsers = 14

/**
 * The applicant-tracking system of an account. The same salt and account always give the same ids and texts; the dates
 * spread over the year before `since`. Records share parts with each other, so change none of them.
 */
export function inventAts({ salt, since }: AtsBasis, accountId: string): AtsRecords {
  const draw = drawFor(salt, accountId)
  const iso = timelineUntil(since)
  const people = inventPeople(draw, numberOfCandidates + numberOfUsers)
  const organisation = inventOrganisation(draw, iso, people.slice(numberOfCandidates))
  const jobs = inventJobs(draw, iso, organisation)
  const plans = planApplications(draw, jobs).map((plan, n) => ({ ...plan, ref: draw.ref('app', n) }))
  // Candidates are numbered as they apply for the first time.
  const candidates = [...new Set(plans.map(({ candidate }) => candidate))].map((candidate, n) => {
    const person = itemAt(people, n)
    const own = plans.filter((plan) => plan.candidate === candidate)
    return { candidate, person, record: inventCandidate(draw, iso, person, n, own) }
  })
  return {
    candidates: candidates.map(({ record }) => record),
    applications: plans.map((plan, n) => {
      const own = itemAt(
        candidates.filter(({ candidate }) => candidate === plan.candidate),
        0,
      )
      return inventApplication(draw, iso, organisation, plan, n, own)
    }),
    jobs: jobs.map(({ record }) => record),
    job_postings: jobs.flatMap((job, n) => inventPostings(draw, iso, job, n)),
    users: organisation.users,
    departments: organisation.departments,
    locations: organisation.locations,
    application_stages: organisation.applicationStages,
    interview_stages: organisation.interviewStages,
    rejected_reasons: organisation.rejectedReasons,
  }
}
