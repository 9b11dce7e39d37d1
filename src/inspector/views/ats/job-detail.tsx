import { inNames, isHiring, type Job, readRecord, valueInWords } from '../../ats-records'
import { Badge } from '../../components/badge'
import { Facts, Headed } from '../../components/headed'
import { Moment } from '../../components/moment'
import { Problem } from '../../components/problem'
import { useRead } from '../../components/use-read'
import type { Jobs } from './use-jobs'

/** A job, beside its applications. */
export function JobDetail({ of, jobId, names }: { of: string; jobId: string; names: Jobs | null }) {
  const { value: job, error } = useRead(jobId, () => readRecord<Job>(of, 'jobs', jobId))
  if (error) return <Problem error={error} />
  if (job === null || names === null) return <p class="advice">Loading…</p>
  const { title, job_status: status, code, description, hiring_team: team, created_at: created } = job
  return (
    <article>
      <header class="detail-head">
        <h2 dir="auto">{title ?? job.id}</h2>
        <Badge tone={isHiring(job) ? 'good' : 'quiet'}>{valueInWords(status) || 'no status'}</Badge>
      </header>
      <p class="quiet">Select a candidate to see the application and to send a test.</p>
      <Facts
        of={[
          ['Department', inNames(job.department_ids, names.departments)],
          ['Location', inNames(job.location_ids, names.locations)],
          ['Applications', String(names.applications[job.id] ?? 0)],
          ['Code', code],
          ['Opened', created && <Moment key="at" at={created} isWhole />],
          ['ID', <code key="id">{job.id}</code>],
        ]}
      />
      {description && (
        <Headed title="Description">
          <p dir="auto">{description}</p>
        </Headed>
      )}
      {team && team.length > 0 && (
        <Headed title="Hiring team">
          <ul class="team">
            {team.map((member, i) => (
              <li key={i}>
                <strong dir="auto">{[member.first_name, member.last_name].filter(Boolean).join(' ')}</strong>{' '}
                <span class="quiet">{[member.role, member.email].filter(Boolean).join(' · ')}</span>
              </li>
            ))}
          </ul>
        </Headed>
      )}
    </article>
  )
}
