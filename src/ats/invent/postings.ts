import { benefits } from './data/benefits'
import type { Role } from './data/departments/department'
import { cities, remote } from './data/places'
import { selfPortraits } from './data/self-portraits'
import type { Draw } from './draw'
import { itemAt } from './item-at'
import type { InventedJob } from './jobs'
import { inventForm } from './questionnaires'
import type { Timeline } from './timeline'

/** The postings of the `n`th job: none for a draft, and sometimes a second one for colleagues. */
export function inventPostings(draw: Draw, iso: Timeline, job: InventedJob, n: number) {
  const { posting } = job.status
  if (posting === null) return []
  const form = inventForm(draw, n, job.kind.questions)
  const content = contentOf(draw, job, n)
  const statuses =
    posting === 'live' && draw.fraction(`posting ${String(n)}`) < 0.4 ? [posting, 'internal' as const] : [posting]
  return statuses.map((status, i) => {
    const isInternal = status === 'internal'
    const address = isInternal ? null : `https://example.com/careers/${job.record.code.toLowerCase()}`
    // Reviewed for a tenth of the time since the job was created, then posted.
    const posted = job.created * 0.9
    return {
      ...draw.ref('posting', 2 * n + i),
      title: job.record.title,
      locations: job.places,
      internal: isInternal ? ('true' as const) : ('false' as const),
      status: { value: status, source_value: postingStatuses[status] },
      job_id: job.record.id,
      remote_job_id: job.record.remote_id,
      content,
      compensation: compensationOf(job),
      employment_type: employmentOf(job.role),
      employment_contract_type: contractOf(job.role),
      external_url: address,
      external_apply_url: address && `${address}/apply`,
      questionnaires: [form],
      start_date: iso(posted),
      created_at: iso(job.created),
      updated_at: status === 'closed' ? job.record.updated_at : iso(posted),
    }
  })
}

const postingStatuses = { live: 'Live', internal: 'Internal only', closed: 'Closed' }

const sectionKinds = {
  company_overview: 'About us',
  description: 'About the role',
  responsibilities: 'What you will do',
  skills: 'What you bring',
  benefits: 'What we offer',
}

function contentOf(draw: Draw, { role }: InventedJob, n: number) {
  const texts: Record<keyof typeof sectionKinds, string | readonly string[]> = {
    company_overview: draw.pick('self-portrait', selfPortraits),
    description: role.description,
    responsibilities: role.tasks,
    skills: role.skills,
    benefits: draw.shuffle(`benefits ${String(n)}`, benefits).slice(0, 3),
  }
  const sections = (Object.keys(texts) as (keyof typeof texts)[]).map((value, i) => {
    const text = texts[value]
    const label = sectionKinds[value]
    const content = typeof text === 'string' ? text : text.map((item) => `- ${item}`).join('\n')
    const html =
      typeof text === 'string' ? `<p>${text}</p>` : `<ul>${text.map((item) => `<li>${item}</li>`).join('')}</ul>`
    return { ...draw.ref('section', n * 10 + i), type: { value, source_value: label }, label, content, html }
  })
  return {
    plain: sections.map(({ label, content }) => `${label}\n${content}`).join('\n\n'),
    html: sections.map(({ label, html }) => `<h2>${label}</h2>${html}`).join(''),
    sections: sections.map(({ html: _, ...section }) => section),
  }
}

function compensationOf({ role, places }: InventedJob) {
  const { name } = itemAt(places, 0)
  const { currency } = itemAt(
    [...cities, remote].filter((place) => place.name === name),
    0,
  )
  const [from, to] = role.pay
  return [
    {
      title: 'Annual salary',
      type: { value: 'salary' as const, source_value: 'Salary' },
      pay_period: { value: 'year' as const, source_value: 'Year' },
      pay_frequency: { value: 'monthly' as const, source_value: 'Monthly' },
      currency,
      value: null,
      min_value_range: `${String(from)}000`,
      max_value_range: `${String(to)}000`,
    },
  ]
}

const employmentOf = ({ employment }: Role) =>
  employment === 'intern' || employment === 'temporary'
    ? { value: employment, source_value: employment === 'intern' ? 'Internship' : 'Fixed term' }
    : { value: 'permanent' as const, source_value: 'Permanent' }

const contractOf = ({ employment }: Role) =>
  employment === 'part_time'
    ? { value: employment, source_value: 'Part-time' }
    : { value: 'full_time' as const, source_value: 'Full-time' }
