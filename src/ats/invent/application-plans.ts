import { hired, mix, type Progress, rejections, withdrawn } from './data/progress'
import type { Draw } from './draw'
import { itemAt } from './item-at'
import type { InventedJob } from './jobs'

/** An application before it has a record. */
export interface ApplicationPlan {
  /** The number of the candidate, from 0. */
  readonly candidate: number
  readonly job: InventedJob
  readonly jobNumber: number
  /** Days since the job stopped accepting applications. */
  readonly shut: number
  /** Days since the candidate applied. */
  readonly created: number
}

export interface ProgressingPlan extends ApplicationPlan {
  readonly progress: Progress
  /** Days since it reached its stage or its end. */
  readonly updated: number
}

/** How many candidates apply once, twice and three times. */
const candidates = { once: 24, twice: 12, thrice: 4 }

export const numberOfCandidates = candidates.once + candidates.twice + candidates.thrice

/** Who applies where, and how far they come; the oldest application first. */
export function planApplications(draw: Draw, jobs: readonly InventedJob[]): ProgressingPlan[] {
  const plans = Array.from({ length: numberOfCandidates }, (_, candidate) => applicationsOf(draw, jobs, candidate))
    .flat()
    .toSorted((one, other) => other.created - one.created)
  return withOneHireEach(draw, withProgress(draw, plans)).map((plan) => {
    const { created, progress, shut } = plan
    const usual = progress.days * draw.between(`${keyOf(plan)}: pace`, 0.6, 1.4)
    return { ...plan, updated: created - Math.min(usual, (created - shut) * 0.9) }
  })
}

function applicationsOf(draw: Draw, jobs: readonly InventedJob[], candidate: number): ApplicationPlan[] {
  const count = candidate < candidates.thrice ? 3 : candidate < candidates.thrice + candidates.twice ? 2 : 1
  const open = jobs.flatMap((job, jobNumber) => (job.shut === null ? [] : [{ job, jobNumber, shut: job.shut }]))
  return draw
    .shuffle(`candidate ${String(candidate)}: jobs`, open)
    .slice(0, count)
    .map((where) => {
      const { job, shut } = where
      // Squared, so that most are recent. Nobody applies before the posting is out.
      const age = draw.fraction(`candidate ${String(candidate)}: ${job.role.title}`) ** 2
      return { ...where, candidate, created: shut + (job.created * 0.9 - shut) * age }
    })
}

export const keyOf = ({ candidate, job }: ApplicationPlan): string => `${String(candidate)} for ${job.role.title}`

type Advanced = ApplicationPlan & Pick<ProgressingPlan, 'progress'>

/** Every application for a closed job has ended. Of the others, those that are older have come further. */
function withProgress(draw: Draw, plans: readonly ApplicationPlan[]): Advanced[] {
  const ended = plans.filter(({ job }) => job.status.value === 'closed')
  const others = plans.filter((plan) => !ended.includes(plan))
  const inOrder = others
    .map((_, i) => itemAt(mix, i % mix.length))
    .map((progress, i) => ({ progress, age: progress.days * draw.between(`mix ${String(i)}`, 0.7, 2) }))
    .toSorted((one, other) => other.age - one.age)
  return plans.map((plan) => {
    const place = others.indexOf(plan)
    if (place >= 0) return { ...plan, progress: itemAt(inOrder, place).progress }
    const isFirst = ended.find(({ job }) => job === plan.job) === plan
    return { ...plan, progress: isFirst ? hired : draw.pick(keyOf(plan), [...rejections, ...withdrawn]) }
  })
}

/** Whoever is hired withdraws every other application that is under way. */
function withOneHireEach(draw: Draw, plans: readonly Advanced[]): Advanced[] {
  const hires = plans.filter(({ progress }) => progress === hired)
  return plans.map((plan) => {
    const hire = hires.find(({ candidate }) => candidate === plan.candidate)
    if (hire === undefined || hire === plan || rejections.includes(plan.progress)) return plan
    return { ...plan, progress: draw.pick(keyOf(plan), withdrawn) }
  })
}
