import type { AtsCandidate } from '../../../schemas/ats/candidate'
import type { ProgressingPlan } from './application-plans'
import { earlierEmployers } from './data/earlier-employers'
import { tags } from './data/sources'
import type { Draw, Ref } from './draw'
import { itemAt } from './item-at'
import type { Person } from './people'
import type { Timeline } from './timeline'

/** A planned application with its identifiers. */
export interface NumberedPlan extends ProgressingPlan {
  readonly ref: Ref
}

/** The `n`th candidate. `plans` are the candidate's applications, the oldest first. */
export function inventCandidate(draw: Draw, iso: Timeline, person: Person, n: number, plans: readonly NumberedPlan[]) {
  const key = `candidate ${String(n)}`
  const first = itemAt(plans, 0)
  const hire = plans.find(({ progress }) => progress.status === 'hired')
  const contact = contactOf(draw, key, person, first)
  return {
    ...draw.ref('cand', n),
    ...contact,
    phone: contact.phone_numbers[0]?.phone ?? null,
    application_ids: plans.map(({ ref }) => ref.id),
    remote_application_ids: plans.map(({ ref }) => ref.remote_id),
    hired_at: hire === undefined ? null : iso(hire.updated),
    country: person.country,
    custom_fields:
      n % 8 === 0 ? [{ ...draw.ref('field', 100 + n), name: 'Can start within a month', value: true }] : [],
    tags: tagsOf(draw, key),
    created_at: iso(first.created),
    updated_at: iso(Math.min(...plans.map(({ updated }) => updated))),
  } satisfies AtsCandidate
}

export type InventedCandidate = ReturnType<typeof inventCandidate>

/** What an application repeats of its candidate. */
function contactOf(draw: Draw, key: string, person: Person, { job }: NumberedPlan) {
  const { firstName, lastName, slug, email } = person
  const isBetweenJobs = draw.fraction(`${key}: is between jobs`) < 0.15
  const type = draw.pick(`${key}: phone`, ['mobile', 'mobile', 'mobile', 'home', null] as const)
  return {
    name: `${firstName} ${lastName}`,
    first_name: firstName,
    last_name: lastName,
    email,
    emails: [{ type: 'personal', value: email }],
    social_links: draw.pick(`${key}: links`, [
      [],
      [{ type: 'portfolio', url: `https://example.com/people/${slug}` }],
      [
        { type: 'portfolio', url: `https://example.com/people/${slug}` },
        { type: 'blog', url: `https://example.com/blogs/${slug}` },
      ],
    ]),
    phone_numbers: type === null ? [] : [{ type, phone: person.phone }],
    company: isBetweenJobs ? null : draw.pick(`${key}: company`, earlierEmployers),
    title: draw.pick(`${key}: title`, job.role.backgrounds),
  }
}

function tagsOf(draw: Draw, key: string) {
  const chosen = draw.shuffle(`${key}: tags`, tags).slice(0, draw.pick(`${key}: number of tags`, [0, 0, 1, 2]))
  return chosen.map((name) => ({ remote_id: draw.ref('tag', tags.indexOf(name)).remote_id, name }))
}
