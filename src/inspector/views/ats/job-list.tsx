import { inNames, isHiring, valueInWords } from '../../ats-records'
import { Badge } from '../../components/badge'
import { Empty } from '../../components/empty'
import { Problem } from '../../components/problem'
import { Rows } from '../../components/rows'
import type { Reading } from '../../components/use-read'
import { idOf } from '../../live'
import { route } from '../../route'
import { counted } from '../../words'
import { freshLink } from './links'
import type { Jobs } from './use-jobs'

export function JobList({ of, reading: { value, error } }: { of: string; reading: Reading<Jobs> }) {
  if (error && value === null) return <Problem error={error} />
  if (value === null) return <p class="empty quiet">Loading…</p>
  const { jobs, total, applications, departments, locations } = value
  if (jobs.length === 0) return route.value.query.has('q') ? <NoneFound /> : <NoJobs />
  return (
    <Rows items={jobs} total={total} noun="jobs" keyOf={idOf} load={null}>
      {(job) => (
        <li>
          <a
            class="row"
            // Without the search: that one is of jobs.
            href={freshLink(of, 'jobs', job.id)}
            data-key={job.id}
          >
            <strong class="clipped" dir="auto">
              {job.title ?? job.id}
            </strong>
            <span class="aside">{counted(applications[job.id] ?? 0, 'application')}</span>
            <span class="clipped quiet" dir="auto">
              {[inNames(job.department_ids, departments), inNames(job.location_ids, locations)]
                .filter(Boolean)
                .join(' · ') || job.id}
            </span>
            <span class="aside">
              <Badge tone={isHiring(job) ? 'good' : 'quiet'}>{valueInWords(job.job_status) || 'no status'}</Badge>
            </span>
          </a>
        </li>
      )}
    </Rows>
  )
}

const NoneFound = () => (
  <Empty title="No matching jobs">
    <p>Search covers titles, codes and IDs.</p>
  </Empty>
)

const NoJobs = () => (
  <Empty title="No jobs">
    <p>
      The ATS that was given with <code>--ats</code> has none. Orders about new candidates work all the same.
    </p>
  </Empty>
)
