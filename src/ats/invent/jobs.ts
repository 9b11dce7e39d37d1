import { departmentKinds } from './data/departments/all'
import type { Role } from './data/departments/department'
import { jobStatuses } from './data/job-statuses'
import type { Draw } from './draw'
import { itemAt } from './item-at'
import type { Location, Organisation } from './organisation'
import type { Timeline } from './timeline'

/** A job, with what its postings and applications need to know. */
export interface InventedJob {
  readonly record: ReturnType<typeof recordOf>
  readonly role: Role
  readonly kind: (typeof departmentKinds)[number]
  readonly status: (typeof jobStatuses)[number]
  readonly places: Location[]
  /** Days since it was created. */
  readonly created: number
  /** Days since it stopped accepting applications; null if it never accepted any. */
  readonly shut: number | null
}

type Plan = Omit<InventedJob, 'record'>

const rolesPerDepartment = 2

/** The jobs of an account, the oldest first. */
export function inventJobs(draw: Draw, iso: Timeline, organisation: Organisation): InventedJob[] {
  const roles = departmentKinds.flatMap((kind) =>
    draw
      .shuffle(kind.name, kind.roles)
      .slice(0, rolesPerDepartment)
      .map((role) => ({ kind, role })),
  )
  const statuses = draw.shuffle('job statuses', jobStatuses)
  return roles
    .map(({ kind, role }, i) => planned(draw, organisation, { kind, role, status: itemAt(statuses, i) }))
    .toSorted((one, other) => other.created - one.created)
    .map((plan, n) => ({ ...plan, record: recordOf(draw, iso, organisation, plan, n) }))
}

function planned(draw: Draw, { locations }: Organisation, facts: Pick<Plan, 'kind' | 'role' | 'status'>): Plan {
  const { title } = facts.role
  const { created, shut } = facts.status
  return {
    ...facts,
    places: draw.shuffle(`${title}: places`, locations).slice(0, draw.pick(`${title}: number of places`, [1, 1, 2])),
    created: draw.between(`${title}: created`, ...created),
    shut: shut === 'never open' ? null : draw.between(`${title}: shut`, ...shut),
  }
}

function recordOf(draw: Draw, iso: Timeline, organisation: Organisation, plan: Plan, n: number) {
  const { kind, role, status, places, created, shut } = plan
  const department = itemAt(organisation.departments, departmentKinds.indexOf(kind))
  const firstCode = 100 + Math.floor(draw.fraction('job codes') * 800)
  return {
    ...draw.ref('job', n),
    code: `${kind.code}-${String(firstCode + n)}`,
    title: role.title,
    description: role.description,
    status: status.value,
    job_status: { value: status.value, source_value: status.sourceValue },
    department_ids: [department.id],
    remote_department_ids: [department.remote_id],
    location_ids: places.map(({ id }) => id),
    remote_location_ids: places.map(({ remote_id }) => remote_id),
    hiring_team: hiringTeam(draw, organisation.users, role.title),
    interview_stages: organisation.interviewStages.filter(({ name }) => kind.interviewStages.includes(name)),
    // Nobody outside the hiring team should know of a job before it opens.
    confidential: status.value === 'draft' ? ('true' as const) : ('false' as const),
    custom_fields: n % 5 === 0 ? [{ ...draw.ref('field', n), name: 'Cost centre', value: `CC-${String(40 + n)}` }] : [],
    created_at: iso(created),
    // Closed jobs changed last when they closed.
    updated_at: iso(shut !== null && shut > 0 ? shut : created * draw.between(`${role.title}: updated`, 0.1, 0.9)),
  }
}

const recruiters = 3
const teamRoles = ['Recruiter', 'Hiring manager', 'Interviewer', 'Interviewer'] as const

/** Two to four people. Only the first few users recruit. */
function hiringTeam(draw: Draw, users: Organisation['users'], title: string) {
  const recruiter = draw.pick(`${title}: recruiter`, users.slice(0, recruiters))
  const others = draw.shuffle(`${title}: team`, users.slice(recruiters))
  const size = draw.pick(`${title}: size of the team`, [2, 3, 4])
  return [recruiter, ...others].slice(0, size).map(({ id, remote_id, first_name, last_name, email }, i) => ({
    user_id: id,
    remote_user_id: remote_id,
    first_name,
    last_name,
    email,
    role: itemAt(teamRoles, i),
  }))
}
