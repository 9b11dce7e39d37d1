import type { AtsApplication } from '../../../schemas/ats/application'
import { keyOf, type ProgressingPlan } from './application-plans'
import type { InventedCandidate, NumberedPlan } from './candidates'
import type { Progress } from './data/progress'
import { rejectedReasons } from './data/rejected-reasons'
import { sources } from './data/sources'
import { applicationStages } from './data/stages'
import { inventFile } from './documents'
import type { Draw } from './draw'
import { itemAt } from './item-at'
import type { Organisation } from './organisation'
import type { Person } from './people'
import { inventAnswers } from './questionnaires'
import type { Timeline } from './timeline'

/** The `n`th application, which follows `plan`. */
export function inventApplication(
  draw: Draw,
  iso: Timeline,
  organisation: Organisation,
  plan: NumberedPlan,
  n: number,
  { person, record: candidate }: { readonly person: Person; readonly record: InventedCandidate },
) {
  const { ref, job, jobNumber, progress, created, updated } = plan
  const key = keyOf(plan)
  const stage = itemAt(organisation.applicationStages, placeOf(progress))
  const interview = interviewOf(plan)
  const reasons = reasonsFor(draw, organisation, plan)
  const files = (['resume', 'cover_letter'] as const)
    .filter((kind) => kind === 'resume' || draw.fraction(`${key}: letter`) < 0.4)
    .map((kind, i) => inventFile(kind, draw.ref('doc', 2 * n + i), person, iso(created)))
  return {
    // Written out: with a spread, V8 takes half as long again for all of them.
    id: ref.id,
    remote_id: ref.remote_id,
    candidate_id: candidate.id,
    remote_candidate_id: candidate.remote_id,
    job_id: job.record.id,
    remote_job_id: job.record.remote_id,
    interview_stage: interview,
    application_stage: stage,
    interview_stage_id: interview?.id ?? null,
    remote_interview_stage_id: interview?.remote_id ?? null,
    application_stage_id: stage.id,
    remote_application_stage_id: stage.remote_id,
    rejected_reasons: reasons,
    rejected_reason_ids: reasons.map(({ id }) => id),
    remote_rejected_reason_ids: reasons.map(({ remote_id }) => remote_id),
    rejected_at: reasons.length > 0 ? iso(updated) : null,
    location_id: itemAt(job.record.location_ids, 0),
    remote_location_id: itemAt(job.record.remote_location_ids, 0),
    location_ids: job.record.location_ids,
    remote_location_ids: job.record.remote_location_ids,
    application_status: { value: progress.status, source_value: progress.sourceValue },
    questionnaires: [inventAnswers(draw, key, jobNumber, job.kind.questions)],
    candidate: partOf(candidate),
    attachments: files.map(({ attachment }) => attachment),
    documents: files.map(({ document }) => document),
    result_links: [],
    source: sourceOf(draw, key),
    created_at: iso(created),
    updated_at: iso(updated),
    custom_fields: [],
  } satisfies AtsApplication
}

/** The index of the stage that an application has reached. */
const placeOf = ({ stage }: Progress) => applicationStages.indexOf(stage)

/** The stage of the job's interviews that an application has reached; null before the first one. */
function interviewOf({ job, progress }: ProgressingPlan) {
  const stages = job.record.interview_stages
  return stages[Math.min(placeOf(progress), stages.length) - 1] ?? null
}

/** Only applications that ended without a hire have a reason: one that fits the stage and whoever ended it. */
function reasonsFor(draw: Draw, organisation: Organisation, plan: ProgressingPlan) {
  const { status, stage } = plan.progress
  if (status !== 'rejected' && status !== 'declined_by_candidate') return []
  const type = status === 'rejected' ? 'rejected_by_organization' : 'rejected_by_candidate'
  const fitting = organisation.rejectedReasons.filter(
    (reason, i) => reason.type === type && rejectedReasons[i]?.stages.includes(stage),
  )
  return [draw.pick(`${keyOf(plan)}: reason`, fitting)]
}

function partOf(candidate: InventedCandidate) {
  const { name, first_name, last_name, email, emails, phone_numbers, social_links, company, title } = candidate
  return { name, first_name, last_name, email, emails, phone_numbers, social_links, company, title }
}

function sourceOf(draw: Draw, key: string) {
  const name = draw.pick(`${key}: source`, sources)
  return { ...draw.ref('source', sources.indexOf(name)), name }
}
