import { useEffect, useRef } from 'preact/hooks'
import { type Application, isAboutAts, readRecord } from '../../ats-records'
import { Problem } from '../../components/problem'
import { Search } from '../../components/search'
import { TwoPanes } from '../../components/two-panes'
import { useLiveChange } from '../../components/use-live-change'
import { useRead } from '../../components/use-read'
import { listLink, route } from '../../route'
import { ApplicationDetail } from './application-detail'
import { ApplicationList } from './application-list'
import { JobDetail } from './job-detail'
import { JobList } from './job-list'
import { atsLink } from './links'
import { StageFilter } from './stage-filter'
import { useJobs } from './use-jobs'

/** Jobs; within a job its applications; beside them the application that is open. */
export function AtsOf({ of }: { of: string }) {
  const { open, query } = route.value
  const [level = '', id = ''] = open
  const applicationId = level === 'applications' ? id : ''
  const application = useRead(applicationId, () =>
    applicationId === '' ? Promise.resolve(null) : readRecord<Application>(of, 'applications', applicationId),
  )
  useLiveChange(isAboutAts, application.again)

  // While another application loads, the list stays.
  const lastJob = useRef('')
  if (level !== 'applications') lastJob.current = level === 'jobs' ? id : ''
  else if (application.value !== null) lastJob.current = application.value.job_id ?? ''
  const jobId = lastJob.current
  const jobs = useJobs(of, jobId === '' ? (query.get('q') ?? '') : '')
  useUp(jobId, applicationId === '' ? listLink('ats', { account: of }) : null)

  const titles = new Map(jobs.value?.jobs.map((job) => [job.id, job.title ?? job.id]))
  const title = jobId === '' ? 'ATS' : (titles.get(jobId) ?? jobId)
  return (
    <TwoPanes
      view="ats"
      title={title}
      tools={
        jobId === '' ? (
          <Search key="jobs" label="Search jobs" placeholder="Search jobs…" />
        ) : (
          <>
            <a class="up" href={listLink('ats', { account: of })}>
              ← Jobs
            </a>
            <div class="filter">
              <Search key={jobId} label="Search candidates" placeholder="Search candidates…" />
              <StageFilter of={of} jobId={jobId} />
            </div>
          </>
        )
      }
      openKey={applicationId}
      closeTo={{ href: jobId === '' ? listLink('ats', { account: of }) : atsLink('jobs', jobId), title }}
      list={
        jobId === '' ? (
          <JobList of={of} reading={jobs} />
        ) : (
          <ApplicationList key={jobId} of={of} jobId={jobId} open={applicationId} />
        )
      }
      advice={
        jobId === '' ? 'Select a job to see who applied.' : <JobDetail of={of} jobId={jobId} names={jobs.value} />
      }
      detail={
        application.error ? (
          <Problem error={application.error} />
        ) : application.value === null ? (
          <p class="advice">Loading…</p>
        ) : (
          <ApplicationDetail
            key={applicationId}
            of={of}
            application={application.value}
            titles={titles}
            changed={application.again}
          />
        )
      }
    />
  )
}

/** Escape leaves a job, if no application is open. The focus goes to the row of the job. */
function useUp(jobId: string, up: string | null): void {
  useEffect(() => {
    if (jobId === '' || up === null) return
    const leave = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || document.querySelector('dialog[open]')) return
      location.hash = up
    }
    addEventListener('keydown', leave)
    return () => {
      removeEventListener('keydown', leave)
    }
  }, [jobId, up])
  const before = useRef(jobId)
  useEffect(() => {
    const left = before.current
    before.current = jobId
    if (left !== '' && jobId === '') document.querySelector<HTMLElement>(`[data-key="${CSS.escape(left)}"]`)?.focus()
  }, [jobId])
}
